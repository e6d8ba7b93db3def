#include "core/analysis/stalls.h"

#include "core/analysis/loop_holds.h"

#include <algorithm>
#include <optional>

namespace loopscope {

namespace {

/// Calls `visit` with each stretch of a lane that holds the loop without a gap, in order of time.
template <typename Visit>
void forEachHold(const Trace &trace, LaneId lane, Visit visit)
{
    std::optional<TimeRange> hold;
    const std::size_t count = trace.spanCount(lane);
    for (std::size_t i = 0; i < count; ++i) {
        const Span span = trace.span(lane, i);
        if (!holdsLoop(span.state))
            continue;
        if (hold && hold->end == span.begin) {
            hold->end = span.end;
            continue;
        }
        if (hold)
            visit(*hold);
        hold = span.range();
    }
    if (hold)
        visit(*hold);
}

Nanoseconds holdTime(const StateTimes &times)
{
    return times[State::Running] + times[State::Blocking];
}

/// Adds the stalls between the tasks' callbacks while the loop was busy throughout `busy`.
void addStallsBetweenTasks(const LoopHolds &holds, TimeRange busy, Nanoseconds threshold, std::vector<Stall> &stalls)
{
    Nanoseconds free = busy.begin;
    const auto closeGap = [&](Nanoseconds end) {
        if (end - free > threshold)
            stalls.push_back({{free, end}, noLane});
    };
    for (const LoopHold &hold : holds.in(busy)) {
        closeGap(hold.range.begin);
        free = std::max(free, hold.range.end);
    }
    closeGap(busy.end);
}

/// When the loop was busy for longer than `threshold` without a pause, in order of time.
std::vector<TimeRange> longBusyTimes(const Trace &trace, Nanoseconds threshold)
{
    std::vector<TimeRange> times;
    forEachHold(trace, loopLaneId, [&](TimeRange busy) {
        if (busy.length() > threshold)
            times.push_back(busy);
    });
    return times;
}

} // namespace

std::vector<Stall> findStalls(const Trace &trace)
{
    const Nanoseconds threshold = trace.info().stallThreshold;
    const std::vector<TimeRange> busyTimes = longBusyTimes(trace, threshold);
    // Tasks run while the loop is busy, so that none has to be looked at if it never was for long, as far as that is known.
    const bool isKnown = !trace.loop().incomplete && trace.spanCount(loopLaneId) > 0;
    if (isKnown && busyTimes.empty())
        return {};
    std::vector<Stall> stalls;
    for (const LaneId task : trace.tasks()) {
        forEachHold(trace, task, [&](TimeRange callback) {
            if (callback.length() > threshold)
                stalls.push_back({callback, task});
        });
    }
    if (!busyTimes.empty()) {
        const LoopHolds holds(trace, {busyTimes.front().begin, busyTimes.back().end});
        for (const TimeRange busy : busyTimes)
            addStallsBetweenTasks(holds, busy, threshold, stalls);
    }
    std::ranges::sort(stalls, {}, [](const Stall &stall) { return stall.range.begin; });
    return stalls;
}

LoopUse loopUse(const Trace &trace, const std::vector<Stall> &stalls)
{
    const TimeRange run{0, trace.info().finished ? trace.info().wall : trace.now()};
    LoopUse use;
    use.busy = holdTime(trace.timesIn(loopLaneId, run));
    use.idle = run.length() - use.busy;
    for (const Stall &stall : stalls)
        use.longestStall = std::max(use.longestStall, stall.range.length());
    return use;
}

} // namespace loopscope
