#include "ui/timeline/span_edges.h"

#include <cstdlib>

namespace loopscope {

namespace {

void takeIfNearer(std::optional<Nanoseconds> &nearest, Nanoseconds edge, Nanoseconds at)
{
    const Nanoseconds distance = std::abs(edge - at);
    const Nanoseconds known = nearest ? std::abs(*nearest - at) : INT64_MAX;
    if (distance < known || (distance == known && edge < *nearest))
        nearest = edge;
}

} // namespace

std::optional<Nanoseconds> nearestSpanEdge(const Trace &trace, LaneId lane, Nanoseconds at)
{
    const std::size_t count = trace.spanCount(lane);
    const std::size_t after = trace.firstSpanEndingAfter(lane, at);
    const bool lastIsOpen = trace.lane(lane).isOpen();
    std::optional<Nanoseconds> nearest;
    if (after > 0)
        takeIfNearer(nearest, trace.span(lane, after - 1).end, at);
    if (after < count) {
        const Span span = trace.span(lane, after);
        takeIfNearer(nearest, span.begin, at);
        if (!lastIsOpen || after + 1 < count)
            takeIfNearer(nearest, span.end, at);
    }
    return nearest;
}

Nanoseconds snapped(const Trace &trace, LaneId lane, std::span<const LaneId> others, Nanoseconds at, Nanoseconds reach)
{
    const auto isInReach = [&](std::optional<Nanoseconds> edge) { return edge && std::abs(*edge - at) <= reach; };
    if (trace.hasLane(lane)) {
        if (const auto edge = nearestSpanEdge(trace, lane, at); isInReach(edge))
            return *edge;
    }
    std::optional<Nanoseconds> nearest;
    for (const LaneId other : others) {
        if (const auto edge = nearestSpanEdge(trace, other, at); isInReach(edge))
            takeIfNearer(nearest, *edge, at);
    }
    return nearest.value_or(at);
}

} // namespace loopscope
