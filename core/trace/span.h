#pragma once

#include "core/trace/state.h"
#include "core/trace/time.h"

#include <cstddef>
#include <cstdint>

namespace loopscope {

/// The number of a lane, unique in its trace: tasks, workers and the loop share one number space, so that a number names one lane. 28 bits,
/// as a span keeps it: 268 million lanes.
using LaneId = std::uint32_t;
inline constexpr LaneId loopLaneId = 0;
inline constexpr LaneId largestLaneId = 0xFFFFFFE;
inline constexpr LaneId noLane = UINT32_MAX;

/// The number of a site in its trace. 0 is "nowhere in particular". 24 bits, for a span keeps it in three bytes.
using SiteId = std::uint32_t;
inline constexpr SiteId largestSiteId = 0xFFFFFF;

/// The last instant that a span in a trace can reach: 52 bits of nanoseconds are 52 days. What goes beyond is not kept, and counted.
inline constexpr Nanoseconds latestTime = (Nanoseconds(1) << 52U) - 1;

/// [begin, end) in which a lane is in one state.
struct Span {
    Nanoseconds begin = 0;
    Nanoseconds end = 0;
    State state = State::Running;
    /// Why it is in this state, and at which line of source.
    SiteId site = 0;
    /// The other lane of it. In a task: the worker of an InWorker span, the waker of a Ready one. In a worker's or the loop's lane: the
    /// task. In a Slice: no lane, but the number of its event (EventId).
    LaneId peer = noLane;

    [[nodiscard]] constexpr TimeRange range() const { return {begin, end}; }
    [[nodiscard]] constexpr Nanoseconds length() const { return end - begin; }
    friend constexpr bool operator==(const Span &, const Span &) = default;
};

/// A lane and one of its spans, by its index as Trace::span takes it.
struct SpanPlace {
    LaneId lane = noLane;
    std::size_t span = 0;

    friend constexpr bool operator==(const SpanPlace &, const SpanPlace &) = default;
};

} // namespace loopscope
