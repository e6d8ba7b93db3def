#include "core/analysis/state_density.h"

#include <algorithm>
#include <cassert>

namespace loopscope {

namespace {

__extension__ using Wide = __int128; // a 64-bit time multiplied by a number of columns

// From so many spans a column on, asking the summaries costs less than looking at each.
constexpr std::size_t spansAQuestion = 64;
constexpr std::size_t stepsALane = 4;

} // namespace

StateDensity::StateDensity(const Trace &trace, TimeRange range, int columns)
    : range_(range)
    , sums_(static_cast<std::size_t>(columns))
    , starts_(static_cast<std::size_t>(columns) + 1)
    , lanes_(trace.rows().size())
{
    assert(!range.isEmpty() && columns > 0);
    edges_.reserve(sums_.size() + 1);
    for (int column = 0; column <= columns; ++column)
        edges_.push_back(range.begin + static_cast<Nanoseconds>((Wide(column) * range.length() + columns - 1) / columns));
}

// Spans come in order of time: the column is mostly that of the one before, or the next.
std::size_t StateDensity::columnOf(Nanoseconds at, std::size_t near) const
{
    for (std::size_t column = near; column < std::min(near + 2, sums_.size()); ++column) {
        if (edges_[column] <= at && at < edges_[column + 1])
            return column;
    }
    return static_cast<std::size_t>(std::ranges::upper_bound(edges_, at) - edges_.begin()) - 1;
}

bool StateDensity::advance(const Trace &trace, std::size_t steps)
{
    while (!isDone()) {
        const LaneId lane = trace.rows()[nextTask_];
        const std::size_t count = trace.headOf(lane) == lane ? trace.spanCount(lane) : 0;
        if (nextSpan_ == 0 && count > spansAQuestion * sums_.size()) {
            askEveryColumn(trace, lane);
            steps -= std::min(steps, count / spansAQuestion + sums_.size());
            nextSpan_ = count;
        }
        for (; nextSpan_ < count && steps > 0; ++nextSpan_, --steps)
            addSpan(trace.span(lane, nextSpan_));
        if (nextSpan_ < count)
            return false;
        nextSpan_ = 0;
        if (++nextTask_ == lanes_)
            spread();
        steps -= std::min(steps, stepsALane);
        if (steps == 0)
            break;
    }
    return isDone();
}

void StateDensity::askEveryColumn(const Trace &trace, LaneId lane)
{
    for (int column = 0; column < columns(); ++column)
        sums_[static_cast<std::size_t>(column)] += trace.timesIn(lane, {edge(column), edge(column + 1)});
}

// What fills a column wholly is only noted at its begin and its end, for a long span would fill all of them.
void StateDensity::addSpan(const Span &span)
{
    const TimeRange inside = span.range().intersected(range_);
    if (inside.isEmpty())
        return;
    const std::size_t first = columnOf(inside.begin, lastColumn_);
    const std::size_t last = columnOf(inside.end - 1, first);
    lastColumn_ = last;
    if (first == last) {
        sums_[first].add(span.state, inside.length());
        return;
    }
    sums_[first].add(span.state, edges_[first + 1] - inside.begin);
    sums_[last].add(span.state, inside.end - edges_[last]);
    const auto state = static_cast<std::size_t>(span.state);
    ++starts_[first + 1][state];
    --starts_[last][state];
}

void StateDensity::spread()
{
    PerState filling{};
    for (int column = 0; column < columns(); ++column) {
        const Nanoseconds width = edge(column + 1) - edge(column);
        for (std::size_t index = 0; index < stateCount; ++index) {
            filling[index] += starts_[static_cast<std::size_t>(column)][index];
            sums_[static_cast<std::size_t>(column)].add(static_cast<State>(index), filling[index] * width);
        }
    }
}

} // namespace loopscope
