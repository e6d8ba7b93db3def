#include "core/analysis/slices.h"

#include <algorithm>
#include <unordered_map>

namespace loopscope {

namespace {

/// Slices of a row that follow each other.
struct Stretch {
    LaneId lane = noLane;
    std::size_t first = 0;
    std::size_t last = 0; ///< the one behind them
};

// What takes some milliseconds.
constexpr std::size_t mostLookedAt = 50'000;

// Of each row from `row` to before `end` those that lie wholly within a range, where there are some.
std::vector<Stretch> stretchesWithin(const Trace &trace, LaneId row, LaneId end, TimeRange range)
{
    std::vector<Stretch> stretches;
    for (; row < end; ++row) {
        const std::size_t count = trace.spanCount(row);
        std::size_t first = trace.firstSpanEndingAfter(row, range.begin);
        if (first < count && trace.span(row, first).begin < range.begin)
            ++first;
        const std::size_t last = trace.firstSpanEndingAfter(row, range.end, std::min(first, count));
        if (first < last)
            stretches.push_back({row, first, last});
    }
    return stretches;
}

Nanoseconds coveredBy(const Trace &trace, const std::vector<Stretch> &stretches)
{
    std::vector<TimeRange> ranges;
    for (const Stretch &stretch : stretches) {
        for (std::size_t i = stretch.first; i < stretch.last; ++i)
            ranges.push_back(trace.span(stretch.lane, i).range());
    }
    std::ranges::sort(ranges, {}, &TimeRange::begin);
    Nanoseconds covered = 0;
    Nanoseconds until = ranges.front().begin;
    for (const TimeRange &range : ranges) {
        covered += TimeRange{std::max(until, range.begin), range.end}.length();
        until = std::max(until, range.end);
    }
    return covered;
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
    const LaneId end = trace.endOfRows(trace.headOf(slice.lane));
    const std::vector<Stretch> nested = stretchesWithin(trace, slice.lane + 1, end, range);
    std::size_t count = 0;
    for (const Stretch &stretch : nested)
        count += stretch.last - stretch.first;
    const bool isRightBelow = !nested.empty() && nested.front().lane == slice.lane + 1;
    const bool isInOneRow = isRightBelow && nested.size() == 1; // whose sum costs nothing
    if (!nested.empty() && !isInOneRow && count <= mostLookedAt)
        return range.length() - coveredBy(trace, nested);
    return range.length() - (isRightBelow ? trace.timesOf(slice.lane + 1, nested.front().first, nested.front().last).total() : 0);
}

std::optional<SpanPlace> outerSlice(const Trace &trace, SpanPlace slice)
{
    const LaneId head = trace.headOf(slice.lane);
    const TimeRange range = trace.span(slice.lane, slice.span).range();
    for (LaneId above = slice.lane; above-- > head;) {
        const std::size_t outer = trace.firstSpanEndingAfter(above, range.begin);
        if (outer < trace.spanCount(above) && trace.span(above, outer).begin <= range.begin && range.end <= trace.span(above, outer).end)
            return SpanPlace{above, outer};
    }
    return std::nullopt;
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
            total.total = saturatedSum(total.total, span.length());
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
