#pragma once

#include "core/trace/trace.h"

#include <optional>
#include <span>

namespace loopscope {

// What the edges of a measured range snap to.

/// The begin or end of a span of `lane` that is nearest to `at`, the earlier of two as near; nothing if it has no spans. The end of a span
/// that goes on is none. Logarithmic in the spans of the lane.
[[nodiscard]] std::optional<Nanoseconds> nearestSpanEdge(const Trace &trace, LaneId lane, Nanoseconds at);

/// The edge of a span within `reach` of `at` that is nearest to it: one of `lane` if there is one, else one of `others`; else `at` itself.
/// `lane` may be noLane.
[[nodiscard]] Nanoseconds snapped(const Trace &trace, LaneId lane, std::span<const LaneId> others, Nanoseconds at, Nanoseconds reach);

} // namespace loopscope
