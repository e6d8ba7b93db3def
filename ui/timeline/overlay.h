#pragma once

#include "ui/timeline/frame.h"
#include "ui/timeline/wake_links.h"

#include <optional>

namespace loopscope {

/// What shall lie over the lanes of a frame.
struct OverlayRequest {
    const LaneLayout &layout;
    const TimelineMetrics &metrics;
    TimeRange range;                         ///< that the frame shows
    int scroll = 0;                          ///< as the frame has it
    std::optional<TimeRange> selected{};     ///< the selected range
    std::optional<SpanPlace> selectedSpan{}; ///< whose wakes are `wakes`
    const WakeLinks *wakes = nullptr;
};

/// Places the selected range and the arrows of wakes over a frame that has been built. Costs what is in sight and selected, so that a range
/// can be dragged out without building the lanes anew.
[[nodiscard]] FrameOverlay buildOverlay(const OverlayRequest &request, const TimelineFrame &frame);

} // namespace loopscope
