#pragma once

#include "core/analysis/loop_holds.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope {

/// Why a piece of the critical path begins when it does: what the piece before it has to do with it.
enum class PathLink : std::uint8_t {
    Begin,       ///< nothing known comes before it
    Continued,   ///< the same task went on
    Woken,       ///< the task before it woke this one: it ended, gave back a slot, let go of a lock
    Spawned,     ///< the task before it made this one
    LoopFreed,   ///< this one was ready, or made by no task, and the task before it held the loop
    WorkerFreed, ///< this one was queued, and the task before it had the worker
};

/// A part of the critical path: what one task did for a while.
struct PathPiece {
    LaneId task = noLane;
    TimeRange range; ///< not empty, and part of the task's span
    /// Nothing before the task came to be, after it ended, and where its events were lost: the task is in no span then.
    std::optional<State> state;
    PathLink link = PathLink::Begin;

    friend constexpr bool operator==(const PathPiece &, const PathPiece &) = default;
};

/// The chain of spans that made a run take as long as it did, in order of time. The pieces tile the time from 0 to the run's wall time (to
/// now() while it goes on) without a gap, so that their lengths add up to it exactly.
///
/// Walked back from the end of the task that ended last. What a task waited for is taken in its place wherever that is known to be another
/// task: who woke it, who held the loop while it was ready, whose job had the worker while it was queued, who made it; of one
/// that the loop made by itself, who had held the loop before. What it waited for outside of the run (timers, descriptors) is a piece of
/// its own. The idea is that of critical path analysis of program activity graphs (Yang and Miller, 1988).
///
/// Empty if there is no loop, no task, or no time. Copes with lost events and with wakes that contradict each other. Costs a look at every
/// task, and beyond that the logarithm of the trace for each piece, and what `holds`, those of the same trace, cost.
[[nodiscard]] std::vector<PathPiece> criticalPath(const Trace &trace, const LoopHolds &holds);

/// How long the tasks were in each state along a path. What is missing to its length is not known.
[[nodiscard]] StateTimes timesAlong(const std::vector<PathPiece> &path);

} // namespace loopscope
