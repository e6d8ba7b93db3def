#include "ui/timeline/wake_links.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::ptrdiff_t farthestLook = 1'000'000; // wakes: a millisecond

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

void addCause(const Trace &trace, LaneId lane, Nanoseconds begin, WakeLinks &found)
{
    const std::vector<Wake> &wakes = trace.wakes();
    const auto after = std::ranges::upper_bound(wakes, begin, {}, &Wake::at);
    const auto last = after - std::min<std::ptrdiff_t>(after - wakes.begin(), farthestLook);
    for (auto wake = after; wake != last;) {
        --wake;
        if (wake->to != lane)
            continue;
        if (auto link = linkOf(trace, *wake))
            found.links.push_back(*link);
        return;
    }
}

void addEffects(const Trace &trace, LaneId lane, TimeRange span, WakeLinks &found)
{
    const std::vector<Wake> &wakes = trace.wakes();
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

} // namespace

WakeLinks wakeLinksOf(const Trace &trace, SpanPlace place)
{
    WakeLinks found;
    if (!trace.hasLane(place.lane) || place.span >= trace.spanCount(place.lane))
        return found;
    const TimeRange span = trace.span(place.lane, place.span).range();
    addCause(trace, place.lane, span.begin, found);
    addEffects(trace, place.lane, span, found);
    return found;
}

} // namespace loopscope
