#pragma once

#include "core/trace/trace.h"

#include <vector>

namespace loopscope {

/// A stretch in which one callback held the loop for longer than the run's threshold.
struct Stall {
    TimeRange range;
    LaneId task = noLane; ///< whose callback it was; noLane if it was none of a task

    friend constexpr bool operator==(const Stall &, const Stall &) = default;
};

/// The stalls of a run, in order of time. A task's callback is what it does between being resumed and suspending again, be it running or
/// blocking; between two of them the loop itself can be the cause. The threshold is info().stallThreshold; asyncio has it as
/// slow_callback_duration. Visits every span of the tasks.
[[nodiscard]] std::vector<Stall> findStalls(const Trace &trace);

/// How the loop spent the run. Busy and idle add up to the run's wall time, or to now() while it goes on.
struct LoopUse {
    Nanoseconds busy = 0;
    Nanoseconds idle = 0;
    Nanoseconds longestStall = 0; ///< 0 if there is none

    friend constexpr bool operator==(const LoopUse &, const LoopUse &) = default;
};

/// `stalls` are those of the same trace.
[[nodiscard]] LoopUse loopUse(const Trace &trace, const std::vector<Stall> &stalls);

} // namespace loopscope
