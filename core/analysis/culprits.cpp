#include "core/analysis/culprits.h"

#include "core/analysis/reported_name.h"
#include "core/text/number_text.h"

#include <algorithm>
#include <functional>

namespace loopscope {

namespace {

Nanoseconds busyTime(const Trace &trace, TimeRange range)
{
    const StateTimes times = trace.timesIn(loopLaneId, range);
    return times[State::Running] + times[State::Blocking];
}

/// One of each task, by its number.
void sumUp(std::vector<Culprit> &holds)
{
    std::ranges::sort(holds, {}, &Culprit::task);
    std::size_t kept = 0;
    for (const Culprit &hold : holds) {
        if (kept > 0 && holds[kept - 1].task == hold.task)
            holds[kept - 1].held += hold.held;
        else
            holds[kept++] = hold;
    }
    holds.resize(kept);
}

} // namespace

Nanoseconds LoopShares::held() const
{
    Nanoseconds sum = 0;
    for (const Culprit &culprit : culprits)
        sum += culprit.held;
    return sum;
}

LoopShares loopShares(const Trace &trace, const LoopHolds &holds, TimeRange range)
{
    LoopShares shares;
    Nanoseconds at = range.begin;
    const auto addFree = [&](Nanoseconds until) {
        const TimeRange free{at, until};
        const Nanoseconds busy = busyTime(trace, free);
        shares.itself += busy;
        shares.idle += free.length() - busy;
    };
    for (const LoopHold &hold : holds.in(range)) {
        const TimeRange part = hold.range.intersected(range);
        addFree(part.begin);
        shares.culprits.push_back({hold.task, part.length()});
        at = part.end;
    }
    addFree(range.end);
    sumUp(shares.culprits);
    std::ranges::stable_sort(shares.culprits, std::greater<>(), &Culprit::held);
    return shares;
}

std::vector<Culprit> culpritsOf(const Trace &trace, const Span &readySpan)
{
    return loopShares(trace, LoopHolds(trace, readySpan.range()), readySpan.range()).culprits;
}

std::string culpritText(const Trace &trace, const LoopShares &shares)
{
    const auto &culprits = shares.culprits;
    if (culprits.empty())
        return shares.itself > shares.idle ? "the loop was at work of its own" : "no task held the loop";
    const std::string first = reportedName(trace, culprits.front().task) + " (" + durationText(culprits.front().held) + ")";
    if (culprits.size() == 1)
        return "the loop was held by " + first;
    return "the loop was held by " + first + " and " + countText(culprits.size() - 1, "other");
}

} // namespace loopscope
