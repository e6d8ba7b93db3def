#pragma once

#include "ui/timeline/span_boxes.h"

#include <unordered_map>
#include <vector>

namespace loopscope {

/// The boxes of the lanes in sight, kept from one frame to the next: whoever scrolls through lanes or selects one changes which lanes are
/// in sight, and not what they show. Of one trace, which may change only before clear(). One thread at a time.
class BoxCache {
public:
    /// Forgets all: the trace is another one, or has grown.
    void clear();
    /// Begins a frame. Of the last one what it asked for is kept, if it had this scale.
    void beginFrame(const TimeScale &scale);
    /// The boxes of a lane, at the scale of the frame. They stay where they are until the next frame.
    [[nodiscard]] const std::vector<SpanBox> &boxesOf(const Trace &trace, LaneId lane, const ColumnEdges &edges);

private:
    using Lanes = std::unordered_map<LaneId, std::vector<SpanBox>>;

    TimeScale scale_;
    Lanes asked_; // in this frame
    Lanes kept_;  // of the last one
};

} // namespace loopscope
