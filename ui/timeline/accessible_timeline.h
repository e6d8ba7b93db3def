#pragma once

namespace loopscope {

class TimelineView;

// What a screen reader is told of a timeline: its lanes are children of the view, in the order of their creation and whether they are in
// sight or not, and each lane's spans are children of the lane. Children are made when they are asked for.

/// Tells whoever listens that the view's selection, which keys walk with, is another one now.
void announceSelection(TimelineView &view);

} // namespace loopscope
