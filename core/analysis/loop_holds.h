#pragma once

#include "core/trace/trace.h"

#include <span>
#include <vector>

namespace loopscope {

/// A stretch in which a task held the loop: a running or blocking span of it, cut where another one began before and had not ended.
struct LoopHold {
    TimeRange range;
    LaneId task = noLane;

    friend constexpr bool operator==(const LoopHold &, const LoopHold &) = default;
};

/// Which task held the loop when. The loop's own lane names the task of a blocking call only, so the tasks are asked: all of them, once, at
/// the first question; every other question costs the logarithm of the holds, and those that it is answered with.
///
/// One loop runs one task at a time, so that holds do not overlap; where spans of a damaged trace do, the one that began first counts. For
/// one thread, and a trace that does not grow and outlives it.
class LoopHolds {
public:
    /// Of holds that overlap `range` only, which takes less memory.
    explicit LoopHolds(const Trace &trace, TimeRange range = {INT64_MIN, INT64_MAX})
        : trace_(trace)
        , range_(range)
    {
    }

    /// Those that overlap `range`, in order of time. Valid as long as this object.
    [[nodiscard]] std::span<const LoopHold> in(TimeRange range) const;
    /// How long tasks held the loop in `range`, in all.
    [[nodiscard]] Nanoseconds timeIn(TimeRange range) const;
    /// The last one that ends at `at` or before; null if there is none.
    [[nodiscard]] const LoopHold *lastEndingBy(Nanoseconds at) const;

private:
    [[nodiscard]] const std::vector<LoopHold> &holds() const;
    [[nodiscard]] Nanoseconds timeBefore(Nanoseconds at) const;
    void collect() const;

    const Trace &trace_;
    TimeRange range_;
    mutable bool isCollected_ = false;
    mutable std::vector<LoopHold> holds_;
    mutable std::vector<Nanoseconds> times_; // of all holds before each; empty until it is asked for
};

} // namespace loopscope
