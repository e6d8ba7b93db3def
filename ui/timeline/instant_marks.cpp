#include "ui/timeline/instant_marks.h"

#include <algorithm>

namespace loopscope {

std::vector<InstantMark> instantMarks(const Trace &trace, LaneId lane, const ColumnEdges &edges, int width)
{
    std::vector<InstantMark> marks;
    const std::span<const Instant> instants = trace.imported().instants(lane);
    const TimeRange range = edges.scale().range;
    auto next = std::ranges::lower_bound(instants, range.begin, {}, &Instant::at);
    while (next != instants.end() && next->at < range.end) {
        const int column = edges.columnAt(next->at);
        // Of columns less than a nanosecond wide several have one edge.
        const Nanoseconds end = std::max(edges[std::min(column + width, edges.scale().columns)], next->at + 1);
        const auto last = std::ranges::lower_bound(next, instants.end(), end, {}, &Instant::at);
        marks.push_back({column, static_cast<std::size_t>(next - instants.begin()), static_cast<std::size_t>(last - next)});
        next = last;
    }
    return marks;
}

} // namespace loopscope
