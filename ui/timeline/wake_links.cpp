#include "ui/timeline/wake_links.h"

#include "core/analysis/slices.h"

#include <algorithm>

namespace loopscope {

namespace {

// The span of a lane in which an instant lies, at an edge the one that `isEnd` says.
std::optional<SpanPlace> spanNear(const Trace &trace, LaneId lane, Nanoseconds at, bool isEnd)
{
    if (!trace.hasLane(lane) || trace.spanCount(lane) == 0)
        return std::nullopt;
    const std::size_t span = trace.firstSpanEndingAfter(lane, isEnd ? at - 1 : at);
    return SpanPlace{lane, std::min(span, trace.spanCount(lane) - 1)};
}

std::optional<WakeLink> linkOf(const Trace &trace, const Wake &wake)
{
    const auto cause = spanNear(trace, wake.from, wake.at, true);
    const auto effect = spanNear(trace, wake.to, wake.at, false);
    if (!cause || !effect)
        return std::nullopt;
    return WakeLink{wake.at, *cause, *effect};
}

void addEffects(const Trace &trace, LaneId lane, TimeRange span, WakeLinks &found)
{
    const WakeList &wakes = trace.wakes();
    const auto first = std::ranges::lower_bound(wakes, span.begin, {}, &Wake::at);
    const auto last = first + std::min<std::ptrdiff_t>(wakes.end() - first, farthestLook);
    std::size_t effects = 0;
    for (auto wake = first; wake != last && (wake->at <= span.end || effects == 0); ++wake) {
        if (wake->from != lane)
            continue;
        const auto link = effects < mostEffects ? linkOf(trace, *wake) : std::nullopt;
        if (link)
            found.links.push_back(*link);
        else
            ++found.leftOut;
        ++effects;
    }
}

std::optional<WakeLink> linkOf(const Trace &trace, const Flow &flow)
{
    const auto cause = sliceAt(trace, flow.from, flow.sent);
    const auto effect = sliceAt(trace, flow.to, flow.received);
    return cause && effect ? std::optional(WakeLink{flow.sent, *cause, *effect, flow.received}) : std::nullopt;
}

// Flows are in order of the time they were sent, so those that end in a slice may be any of those before its end.
WakeLinks flowLinksOf(const Trace &trace, SpanPlace place)
{
    WakeLinks found;
    const std::vector<Flow> &flows = trace.imported().flows();
    const TimeRange span = trace.span(place.lane, place.span).range();
    const LaneId head = trace.headOf(place.lane);
    const auto last = std::ranges::upper_bound(flows, span.end, {}, &Flow::sent);
    const auto first = last - std::min<std::ptrdiff_t>(last - flows.begin(), farthestLook);
    for (auto flow = first; flow != last; ++flow) {
        const bool mayEnd =
            trace.hasLane(flow->to) && trace.headOf(flow->to) == head && flow->received >= span.begin && flow->received <= span.end;
        const bool mayBegin = trace.hasLane(flow->from) && trace.headOf(flow->from) == head && flow->sent >= span.begin;
        const auto link = mayEnd || mayBegin ? linkOf(trace, *flow) : std::nullopt;
        if (!link || (link->cause != place && link->effect != place))
            continue;
        if (found.links.size() < mostEffects)
            found.links.push_back(*link);
        else
            ++found.leftOut;
    }
    return found;
}

} // namespace

WakeLinks wakeLinksOf(const Trace &trace, SpanPlace place)
{
    WakeLinks found;
    if (!trace.hasLane(place.lane) || place.span >= trace.spanCount(place.lane))
        return found;
    if (!trace.hasLoop())
        return flowLinksOf(trace, place);
    const TimeRange span = trace.span(place.lane, place.span).range();
    if (const std::optional<Wake> wake = wakeOf(trace, place)) {
        if (const auto link = linkOf(trace, *wake))
            found.links.push_back(*link);
    }
    addEffects(trace, place.lane, span, found);
    return found;
}

} // namespace loopscope
