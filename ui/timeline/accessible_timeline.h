#pragma once

namespace loopscope {

class TimelineView;

// What a screen reader is told of a timeline: the rows that it shows are children of the view, from top to bottom and whether they are in
// sight or not, the headers of groups as well as lanes; each lane's spans are children of the lane. What is hidden, filtered out or folded
// away is not there. Children are made when they are asked for.

/// Tells whoever listens that keys walk with another lane, span or header now.
void announceCurrent(TimelineView &view);

/// Tells whoever listens, soon and if it is so, that the rows are other ones now. Costs nothing if nobody listens.
void announceRows(TimelineView &view);

} // namespace loopscope
