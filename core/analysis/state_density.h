#pragma once

#include "core/trace/trace.h"

#include <array>
#include <cstddef>
#include <vector>

namespace loopscope {

/// How the time of all tasks divides into states, in each of equal parts ("columns") of a range: a run at a glance. In a trace of others
/// that of its threads, without the rows of what is nested in them.
///
/// Made in slices, so that ten million spans stop nobody. It costs the spans, or, of lanes with very many of them, a question a column,
/// which the summaries of their blocks answer. While the trace grows, what comes late is left to the next one.
class StateDensity {
public:
    /// Nothing at all: no columns.
    StateDensity() = default;
    /// Of the tasks that `trace` has now. `range` is not empty, `columns` at least 1.
    StateDensity(const Trace &trace, TimeRange range, int columns);

    /// Goes on, always with the same trace, and looks at `steps` spans or so. Returns isDone().
    bool advance(const Trace &trace, std::size_t steps);
    [[nodiscard]] bool isDone() const { return nextTask_ == lanes_; }

    [[nodiscard]] TimeRange range() const { return range_; }
    [[nodiscard]] int columns() const { return static_cast<int>(sums_.size()); }
    /// The first instant of a column, 0 ≤ column ≤ columns().
    [[nodiscard]] Nanoseconds edge(int column) const { return edges_[static_cast<std::size_t>(column)]; }
    /// The time that the tasks spent in each state within a column. Once it is done.
    [[nodiscard]] const StateTimes &column(int column) const { return sums_[static_cast<std::size_t>(column)]; }

private:
    using PerState = std::array<Nanoseconds, stateCount>;

    [[nodiscard]] std::size_t columnOf(Nanoseconds at, std::size_t near) const;
    void addSpan(const Span &span);
    void askEveryColumn(const Trace &trace, LaneId lane);
    void spread();

    TimeRange range_;
    std::vector<Nanoseconds> edges_; // of the columns, one more than there are
    std::vector<StateTimes> sums_;
    std::vector<PerState> starts_; // how many spans begin to fill whole columns at a column, less those that have ceased to
    std::size_t lanes_ = 0;
    std::size_t nextTask_ = 0;
    std::size_t nextSpan_ = 0;
    std::size_t lastColumn_ = 0; // of the span before, near which the next one is
};

} // namespace loopscope
