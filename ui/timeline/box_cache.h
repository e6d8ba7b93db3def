#pragma once

#include "ui/timeline/span_boxes.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// The boxes of the lanes in sight, kept from one frame to the next: whoever scrolls through lanes or selects one changes which lanes are
/// in sight, and not what they show. One thread at a time.
class BoxCache {
public:
    /// Forgets all: what comes is another trace. One that has grown is noticed.
    void clear();
    /// Begins a frame of `trace`, which must outlive it. Of the last frame what it asked for is kept, if it was of the same state of the
    /// trace, at the same scale.
    void beginFrame(const Trace &trace, const TimeScale &scale);
    /// The boxes of a lane in this frame; `edges` are those of its scale. They stay where they are until the next frame.
    [[nodiscard]] const std::vector<SpanBox> &boxesOf(LaneId lane, const ColumnEdges &edges);

private:
    using Lanes = std::unordered_map<LaneId, std::vector<SpanBox>>;

    const Trace *trace_ = nullptr;
    std::uint64_t revision_ = 0; // of the trace
    TimeScale scale_;
    Lanes asked_; // in this frame
    Lanes kept_;  // of the last one
};

} // namespace loopscope
