#include "ui/timeline/span_navigation.h"

#include "ui/timeline/wake_links.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t mostSpans = 100'000; // of one wait, or of one callback: a millisecond

// What was selected may be of a later instant than a replay shows.
bool isThere(const Trace &trace, LaneId lane, std::size_t span)
{
    return trace.hasLane(lane) && span < trace.spanCount(lane);
}

// The span of a lane that ends at `at` or lies there; the last one before, if there is none.
std::optional<SpanPlace> spanUntil(const Trace &trace, LaneId lane, Nanoseconds at)
{
    if (!trace.hasLane(lane) || trace.spanCount(lane) == 0)
        return std::nullopt;
    const std::size_t span = trace.firstSpanEndingAfter(lane, at - 1);
    return SpanPlace{lane, std::min(span, trace.spanCount(lane) - 1)};
}

std::optional<SpanPlace> spanFrom(const Trace &trace, LaneId lane, Nanoseconds at)
{
    if (!trace.hasLane(lane) || trace.spanCount(lane) == 0)
        return std::nullopt;
    return SpanPlace{lane, std::min(trace.firstSpanEndingAfter(lane, at), trace.spanCount(lane) - 1)};
}

bool isWait(const Trace &trace, LaneId lane, std::size_t span)
{
    const State state = trace.span(lane, span).state;
    return state == State::Awaiting || state == State::Queued || state == State::InWorker;
}

// The span with which the task went on: after the wait that `place` is in, or else after the one before `place`. Nothing while it waits,
// or if that is too far away.
std::optional<std::size_t> resumedSpan(const Trace &trace, SpanPlace place)
{
    std::size_t span = place.span;
    const bool isWaiting = isWait(trace, place.lane, span);
    for (std::size_t looked = 0; looked < mostSpans; ++looked) {
        if (isWaiting) {
            if (!isWait(trace, place.lane, span))
                return span;
            if (++span == trace.spanCount(place.lane))
                return std::nullopt;
        } else {
            if (span == 0 || trace.span(place.lane, span).state == State::Ready || isWait(trace, place.lane, span - 1))
                return span;
            --span;
        }
    }
    return std::nullopt;
}

// The latest wake of a task in a range of time, its ends included.
std::optional<Wake> lastWake(const Trace &trace, LaneId task, TimeRange range)
{
    const WakeList &wakes = trace.wakes();
    const auto after = std::ranges::upper_bound(wakes, range.end, {}, &Wake::at);
    const auto last = after - std::min<std::ptrdiff_t>(after - wakes.begin(), farthestLook);
    for (auto wake = after; wake != last && std::prev(wake)->at >= range.begin;) {
        --wake;
        if (wake->to == task)
            return *wake;
    }
    return std::nullopt;
}

// Of the flows of a slice the first that ends there, or that begins there.
std::optional<SpanPlace> otherEnd(const Trace &trace, SpanPlace place, bool isCause)
{
    for (const WakeLink &link : wakeLinksOf(trace, place).links) {
        if ((isCause ? link.effect : link.cause) == place)
            return isCause ? link.cause : link.effect;
    }
    return std::nullopt;
}

} // namespace

std::optional<SpanPlace> neighbourSpan(const Trace &trace, LaneId lane, std::optional<std::size_t> from, int step, TimeRange visible)
{
    if (!trace.hasLane(lane) || trace.spanCount(lane) == 0)
        return std::nullopt;
    if (!from)
        return step > 0 ? spanFrom(trace, lane, visible.begin) : spanUntil(trace, lane, visible.end);
    const auto last = static_cast<std::int64_t>(trace.spanCount(lane)) - 1;
    const auto target = std::clamp<std::int64_t>(static_cast<std::int64_t>(*from) + step, 0, last);
    return SpanPlace{lane, static_cast<std::size_t>(target)};
}

std::optional<TimeRange> rangeOf(const Trace &trace, LaneId lane, std::optional<std::size_t> span)
{
    if (!trace.hasLane(lane) || trace.spanCount(lane) == 0)
        return std::nullopt;
    if (span && isThere(trace, lane, *span))
        return trace.span(lane, *span).range();
    return TimeRange{trace.span(lane, 0).begin, trace.span(lane, trace.spanCount(lane) - 1).end};
}

std::optional<Wake> wakeOf(const Trace &trace, SpanPlace place)
{
    if (!isThere(trace, place.lane, place.span) || trace.lane(place.lane).kind != LaneKind::Task)
        return std::nullopt;
    const std::optional<std::size_t> resumed = resumedSpan(trace, place);
    if (!resumed)
        return std::nullopt;
    const Span span = trace.span(place.lane, *resumed);
    std::optional<Wake> found;
    if (span.state == State::Ready && trace.hasLane(span.peer))
        found = Wake{span.begin, span.peer, place.lane};
    else // runs of others, and what was lost: nobody is named, and yet the wake may be known
        found = lastWake(trace, place.lane, {*resumed > 0 ? trace.span(place.lane, *resumed - 1).begin : span.begin, span.begin});
    return found && found->from != place.lane ? found : std::nullopt;
}

std::optional<SpanPlace> causeOf(const Trace &trace, SpanPlace place)
{
    if (!isThere(trace, place.lane, place.span))
        return std::nullopt;
    if (!trace.hasLoop())
        return otherEnd(trace, place, true);
    const std::optional<Wake> wake = wakeOf(trace, place);
    return wake ? spanUntil(trace, wake->from, wake->at) : std::nullopt;
}

std::optional<SpanPlace> effectOf(const Trace &trace, SpanPlace place)
{
    if (!isThere(trace, place.lane, place.span))
        return std::nullopt;
    if (!trace.hasLoop())
        return otherEnd(trace, place, false);
    const WakeList &wakes = trace.wakes();
    const Nanoseconds begin = trace.span(place.lane, place.span).begin;
    const auto first = std::ranges::lower_bound(wakes, begin, {}, &Wake::at);
    const auto found = std::find_if(first, wakes.end(), [&](const Wake &wake) { return wake.from == place.lane; });
    return found == wakes.end() ? std::nullopt : spanFrom(trace, found->to, found->at);
}

} // namespace loopscope
