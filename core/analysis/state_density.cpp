#include "core/analysis/state_density.h"

#include "core/analysis/steps.h"

#include <algorithm>
#include <cassert>

namespace loopscope {

namespace {

__extension__ using Wide = __int128; // a 64-bit time multiplied by a number of columns

// From so many spans a column on, asking the summaries costs less than looking at each.
constexpr std::size_t spansAQuestion = 64;

} // namespace

StateDensity::StateDensity(const Trace &trace, TimeRange range, int columns, SliceClasses classes)
    : range_(range)
    , classes_(classes)
    , columns_(columns)
    , kinds_(stateCount + classes.count)
    , sums_(static_cast<std::size_t>(columns) * kinds_)
    , starts_(static_cast<std::size_t>(columns + 1) * kinds_)
    , lanes_(trace.rows().size())
{
    assert(!range.isEmpty() && columns > 0);
    edges_.reserve(static_cast<std::size_t>(columns) + 1);
    for (int column = 0; column <= columns; ++column)
        edges_.push_back(range.begin + static_cast<Nanoseconds>((Wide(column) * range.length() + columns - 1) / columns));
}

// What is added comes in order of time: the column is mostly that of the one before, or the next.
std::size_t StateDensity::columnOf(Nanoseconds at, std::size_t near) const
{
    for (std::size_t column = near; column < std::min(near + 2, static_cast<std::size_t>(columns_)); ++column) {
        if (edges_[column] <= at && at < edges_[column + 1])
            return column;
    }
    return static_cast<std::size_t>(std::ranges::upper_bound(edges_, at) - edges_.begin()) - 1;
}

bool StateDensity::advance(const Trace &trace, std::size_t steps)
{
    while (!isDone()) {
        const LaneId lane = trace.rows()[nextTask_];
        if (!(trace.hasLoop() ? visitTask(trace, lane, steps) : visitThread(trace, lane, steps)))
            return false;
        if (++nextTask_ == lanes_)
            spread();
        takeSteps(steps, stepsALane);
        if (steps == 0)
            break;
    }
    return isDone();
}

// Whether there is no more to see of it.
bool StateDensity::visitTask(const Trace &trace, LaneId lane, std::size_t &steps)
{
    const std::size_t count = trace.spanCount(lane);
    if (nextSpan_ == 0 && count > spansAQuestion * static_cast<std::size_t>(columns_)) {
        askEveryColumn(trace, lane);
        takeSteps(steps, count / spansAQuestion + static_cast<std::size_t>(columns_));
        return true;
    }
    for (; nextSpan_ < count && steps > 0; ++nextSpan_, --steps) {
        const Span span = trace.span(lane, nextSpan_);
        add(span.range(), static_cast<std::size_t>(span.state));
    }
    if (nextSpan_ < count)
        return false;
    nextSpan_ = 0;
    return true;
}

bool StateDensity::visitThread(const Trace &trace, LaneId thread, std::size_t &steps)
{
    if (trace.headOf(thread) != thread)
        return true;
    if (!inner_)
        inner_.emplace(trace, thread);
    for (; steps > 0; --steps) {
        const auto piece = inner_->next(trace);
        if (!piece) {
            inner_.reset();
            return true;
        }
        add(piece->range, kindOf(trace, *piece));
    }
    return false;
}

std::size_t StateDensity::kindOf(const Trace &trace, const InnermostSpans::Piece &piece)
{
    if (piece.state != State::Slice)
        return static_cast<std::size_t>(piece.state);
    if (piece.site >= classOf_.size())
        classOf_.resize(trace.siteCount());
    std::uint8_t &known = classOf_[piece.site];
    if (known == 0)
        known = static_cast<std::uint8_t>(classes_.of(trace.reason(piece.site)) + 1);
    return stateCount + known - 1;
}

void StateDensity::askEveryColumn(const Trace &trace, LaneId lane)
{
    for (int column = 0; column < columns_; ++column) {
        const StateTimes times = trace.timesIn(lane, {edge(column), edge(column + 1)});
        for (std::size_t state = 0; state < stateCount; ++state)
            sum(static_cast<std::size_t>(column), state) += times[static_cast<State>(state)];
    }
}

// What fills a column wholly is only noted at its begin and its end, for a long span would fill all of them.
void StateDensity::add(TimeRange range, std::size_t kind)
{
    const TimeRange inside = range.intersected(range_);
    if (inside.isEmpty())
        return;
    const std::size_t first = columnOf(inside.begin, lastColumn_);
    const std::size_t last = columnOf(inside.end - 1, first);
    lastColumn_ = last;
    if (first == last) {
        sum(first, kind) += inside.length();
        return;
    }
    sum(first, kind) += edges_[first + 1] - inside.begin;
    sum(last, kind) += inside.end - edges_[last];
    ++starts_[(first + 1) * kinds_ + kind];
    --starts_[last * kinds_ + kind];
}

void StateDensity::spread()
{
    std::vector<Nanoseconds> filling(kinds_);
    for (std::size_t column = 0; column < static_cast<std::size_t>(columns_); ++column) {
        const Nanoseconds width = edges_[column + 1] - edges_[column];
        for (std::size_t kind = 0; kind < kinds_; ++kind) {
            filling[kind] += starts_[column * kinds_ + kind];
            sum(column, kind) += filling[kind] * width;
        }
    }
}

StateTimes StateDensity::column(int column) const
{
    const auto first = sums_.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(column) * kinds_);
    StateTimes times;
    for (std::size_t kind = 0; kind < kinds_; ++kind)
        times.add(kind < stateCount ? static_cast<State>(kind) : State::Slice, first[static_cast<std::ptrdiff_t>(kind)]);
    return times;
}

Nanoseconds StateDensity::sliceTime(int column, std::size_t sliceClass) const
{
    return sums_[static_cast<std::size_t>(column) * kinds_ + stateCount + sliceClass];
}

} // namespace loopscope
