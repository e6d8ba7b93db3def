#include "ui/timeline/culprit_links.h"

#include "core/analysis/culprits.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t mostTasks = 50'000;
constexpr double mostSpansInRange = 500'000;

/// The last time that a culprit held the loop in the range.
std::optional<TimeRange> lastHold(const LoopHolds &holds, TimeRange range, LaneId culprit)
{
    const auto within = holds.in(range);
    const auto last = std::find_if(within.rbegin(), within.rend(), [culprit](const LoopHold &hold) { return hold.task == culprit; });
    return last == within.rend() ? std::nullopt : std::optional(last->range.intersected(range));
}

} // namespace

bool areHoldersSoonFound(const Trace &trace, TimeRange range)
{
    const double part = static_cast<double>(range.length()) / static_cast<double>(std::max<Nanoseconds>(1, trace.now()));
    return trace.tasks().size() <= mostTasks && part * static_cast<double>(trace.spanCount()) <= mostSpansInRange;
}

std::vector<WakeLink> culpritLinksOf(const Trace &trace, SpanPlace place)
{
    if (trace.lane(place.lane).kind != LaneKind::Task || !trace.hasLoop() || place.span >= trace.spanCount(place.lane))
        return {};
    const Span ready = trace.span(place.lane, place.span);
    if (ready.state != State::Ready || ready.range().isEmpty() || !areHoldersSoonFound(trace, ready.range()))
        return {};
    const LoopHolds holds(trace, ready.range());
    std::vector<Culprit> culprits = loopShares(trace, holds, ready.range()).culprits;
    culprits.resize(std::min(culprits.size(), mostCulprits));
    std::vector<WakeLink> links;
    for (const Culprit &culprit : culprits) {
        const auto hold = lastHold(holds, ready.range(), culprit.task);
        if (hold && culprit.task != place.lane)
            links.push_back({hold->end, {culprit.task, trace.firstSpanEndingAfter(culprit.task, hold->begin)}, place});
    }
    return links;
}

} // namespace loopscope
