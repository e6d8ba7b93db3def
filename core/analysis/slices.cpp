#include "core/analysis/slices.h"

#include <algorithm>
#include <unordered_map>

namespace loopscope {

namespace {

bool isRowOf(const Trace &trace, LaneId lane, LaneId head)
{
    return trace.hasLane(lane) && trace.headOf(lane) == head;
}

std::optional<SpanPlace> sliceInRow(const Trace &trace, LaneId lane, Nanoseconds at)
{
    // At an edge the one that begins there is meant, and else the one that ends.
    const std::size_t after = trace.firstSpanEndingAfter(lane, at);
    if (after < trace.spanCount(lane) && trace.span(lane, after).begin <= at)
        return SpanPlace{lane, after};
    if (after > 0 && trace.span(lane, after - 1).end == at)
        return SpanPlace{lane, after - 1};
    return std::nullopt;
}

} // namespace

Nanoseconds selfTime(const Trace &trace, SpanPlace slice)
{
    const TimeRange range = trace.span(slice.lane, slice.span).range();
    const LaneId below = slice.lane + 1;
    if (!isRowOf(trace, below, trace.headOf(slice.lane)))
        return range.length();
    return range.length() - trace.timesIn(below, range).total();
}

std::optional<SpanPlace> outerSlice(const Trace &trace, SpanPlace slice)
{
    if (trace.lane(slice.lane).kind != LaneKind::Row)
        return std::nullopt;
    const TimeRange range = trace.span(slice.lane, slice.span).range();
    const LaneId above = slice.lane - 1;
    const std::size_t outer = trace.firstSpanEndingAfter(above, range.begin);
    if (outer == trace.spanCount(above) || trace.span(above, outer).begin > range.begin)
        return std::nullopt;
    return SpanPlace{above, outer};
}

std::optional<SpanPlace> sliceAt(const Trace &trace, LaneId lane, Nanoseconds at)
{
    if (!trace.hasLane(lane))
        return std::nullopt;
    const LaneId end = trace.headOf(lane) == lane ? trace.endOfRows(lane) : lane + 1;
    std::optional<SpanPlace> found;
    for (LaneId row = lane; row != end; ++row) {
        const auto inRow = sliceInRow(trace, row, at);
        // One that merely touches the instant is not inside the one above it.
        const bool isInside = inRow && trace.span(row, inRow->span).range().contains(at);
        const bool isFoundInside = found && trace.span(found->lane, found->span).range().contains(at);
        if (inRow && (isInside || !isFoundInside))
            found = inRow;
    }
    return found;
}

ThreadNames topNames(const Trace &trace, LaneId thread, std::size_t most, std::size_t mostSlices)
{
    ThreadNames result;
    std::unordered_map<NameId, NameTotal> totals;
    const LaneId end = trace.endOfRows(thread);
    for (LaneId row = thread; row != end && result.isWhole; ++row) {
        const std::size_t count = trace.spanCount(row);
        for (std::size_t i = 0; i < std::min(count, mostSlices); ++i) {
            const Span span = trace.span(row, i);
            NameTotal &total = totals[trace.site(span.site).reason];
            ++total.count;
            total.total += span.length();
        }
        result.isWhole = count <= mostSlices;
        mostSlices -= std::min(count, mostSlices);
    }
    for (auto &[name, total] : totals) {
        total.name = name;
        result.names.push_back(total);
    }
    const auto isBefore = [](const NameTotal &a, const NameTotal &b) { return a.total != b.total ? a.total > b.total : a.name < b.name; };
    const auto last = result.names.begin() + static_cast<std::ptrdiff_t>(std::min(most, result.names.size()));
    std::partial_sort(result.names.begin(), last, result.names.end(), isBefore);
    result.names.erase(last, result.names.end());
    return result;
}

} // namespace loopscope
