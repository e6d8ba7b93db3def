#include "core/analysis/stalls.h"

#include <algorithm>
#include <optional>

namespace loopscope {

namespace {

constexpr TimeRange always{INT64_MIN, INT64_MAX};

bool holdsLoop(State state)
{
    return state == State::Running || state == State::Blocking;
}

/// Calls `visit` with each stretch of a lane that holds the loop without a gap, as far as it lies in `within`. In order of time.
template <typename Visit>
void forEachHold(const Trace &trace, LaneId lane, TimeRange within, Visit visit)
{
    std::optional<TimeRange> hold;
    const std::size_t count = trace.spanCount(lane);
    for (std::size_t i = trace.firstSpanEndingAfter(lane, within.begin); i < count; ++i) {
        const Span span = trace.span(lane, i);
        if (span.begin >= within.end)
            break;
        if (!holdsLoop(span.state))
            continue;
        const TimeRange part = span.range().intersected(within);
        if (hold && hold->end == part.begin) {
            hold->end = part.end;
            continue;
        }
        if (hold)
            visit(*hold);
        hold = part;
    }
    if (hold)
        visit(*hold);
}

Nanoseconds holdTime(const StateTimes &times)
{
    return times[State::Running] + times[State::Blocking];
}

/// The callbacks of all tasks within `range`, in order of time: one loop runs one at a time.
std::vector<TimeRange> callbacksIn(const Trace &trace, TimeRange range)
{
    std::vector<TimeRange> callbacks;
    for (const LaneId task : trace.tasks())
        forEachHold(trace, task, range, [&callbacks](TimeRange callback) { callbacks.push_back(callback); });
    std::ranges::sort(callbacks, {}, &TimeRange::begin);
    return callbacks;
}

/// Adds the stalls between the tasks' callbacks while the loop was busy throughout `busy`.
void addStallsBetweenTasks(const Trace &trace, TimeRange busy, std::vector<Stall> &stalls)
{
    const Nanoseconds threshold = trace.info().stallThreshold;
    Nanoseconds left = busy.length();
    for (const LaneId task : trace.tasks()) {
        left -= holdTime(trace.timesIn(task, busy));
        if (left <= threshold)
            return; // no gap can be long enough, so there is no need to look for it
    }
    Nanoseconds free = busy.begin;
    const auto closeGap = [&](Nanoseconds end) {
        if (end - free > threshold)
            stalls.push_back({{free, end}, noLane});
    };
    for (const TimeRange callback : callbacksIn(trace, busy)) {
        closeGap(callback.begin);
        free = std::max(free, callback.end);
    }
    closeGap(busy.end);
}

/// Whether the loop is known never to have been busy for longer than the threshold. Tasks run while it is, so none of them has to be looked
/// at.
bool isTooShortForStalls(const Trace &trace)
{
    if (trace.loop().incomplete || trace.spanCount(loopLaneId) == 0)
        return false;
    Nanoseconds longest = 0;
    forEachHold(trace, loopLaneId, always, [&longest](TimeRange busy) { longest = std::max(longest, busy.length()); });
    return longest <= trace.info().stallThreshold;
}

} // namespace

std::vector<Stall> findStalls(const Trace &trace)
{
    if (isTooShortForStalls(trace))
        return {};
    const Nanoseconds threshold = trace.info().stallThreshold;
    std::vector<Stall> stalls;
    for (const LaneId task : trace.tasks()) {
        forEachHold(trace, task, always, [&](TimeRange callback) {
            if (callback.length() > threshold)
                stalls.push_back({callback, task});
        });
    }
    forEachHold(trace, loopLaneId, always, [&](TimeRange busy) {
        if (busy.length() > threshold)
            addStallsBetweenTasks(trace, busy, stalls);
    });
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
