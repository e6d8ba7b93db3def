#pragma once

#include "core/analysis/critical_path.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/wake_links.h"

#include <optional>
#include <span>

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
    std::span<const WakeLink> culprits{};      ///< of the selected span, as culpritLinksOf() tells them
    std::span<const PathPiece> criticalPath{}; ///< of the run, in order of time; empty if it shall not be seen
};

/// Places the selected range, the arrows of wakes and culprits, and the critical path over a frame that has been built. Costs what is in
/// sight and selected, so that a range can be dragged out without building the lanes anew.
[[nodiscard]] FrameOverlay buildOverlay(const OverlayRequest &request, const TimelineFrame &frame);

} // namespace loopscope
