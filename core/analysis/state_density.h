#pragma once

#include "core/analysis/innermost_spans.h"
#include "core/trace/trace.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace loopscope {

/// How slices are told apart by their names: into `count` classes, below 255, numbered from 0.
struct SliceClasses {
    std::size_t count = 1;
    std::uint8_t (*of)(std::string_view name) = [](std::string_view) { return std::uint8_t{0}; };
};

/// How the time of all tasks divides into states, in each of equal parts ("columns") of a range: a run at a glance. In a trace of others
/// that of its threads: each is in the innermost slice, as a profiler's self time has it.
///
/// Made in slices of time, so that ten million spans stop nobody. It costs the spans, or, of tasks with very many of them, a question a
/// column, which the summaries of their blocks answer. While the trace grows, what comes late is left to the next one.
class StateDensity {
public:
    /// Nothing at all: no columns.
    StateDensity() = default;
    /// Of the tasks that `trace` has now. `range` is not empty, `columns` at least 1.
    StateDensity(const Trace &trace, TimeRange range, int columns, SliceClasses classes = {});

    /// Goes on, always with the same trace, and looks at `steps` spans or so. Returns isDone().
    bool advance(const Trace &trace, std::size_t steps);
    [[nodiscard]] bool isDone() const { return nextTask_ == lanes_; }

    [[nodiscard]] TimeRange range() const { return range_; }
    [[nodiscard]] int columns() const { return columns_; }
    /// The first instant of a column, 0 ≤ column ≤ columns().
    [[nodiscard]] Nanoseconds edge(int column) const { return edges_[static_cast<std::size_t>(column)]; }
    /// The time that the tasks spent in each state within a column. Once it is done.
    [[nodiscard]] StateTimes column(int column) const;
    /// Of that time in slices, the part in those of a class.
    [[nodiscard]] Nanoseconds sliceTime(int column, std::size_t sliceClass) const;

private:
    [[nodiscard]] std::size_t columnOf(Nanoseconds at, std::size_t near) const;
    [[nodiscard]] Nanoseconds &sum(std::size_t column, std::size_t kind) { return sums_[column * kinds_ + kind]; }
    [[nodiscard]] std::size_t kindOf(const Trace &trace, const InnermostSpans::Piece &piece);
    void add(TimeRange range, std::size_t kind);
    [[nodiscard]] bool visitTask(const Trace &trace, LaneId lane, std::size_t &steps);
    [[nodiscard]] bool visitThread(const Trace &trace, LaneId thread, std::size_t &steps);
    void askEveryColumn(const Trace &trace, LaneId lane);
    void spread();

    TimeRange range_;
    SliceClasses classes_;
    int columns_ = 0;
    std::size_t kinds_ = 0;             // the states, and then the classes of slices
    std::vector<Nanoseconds> edges_;    // of the columns, one more than there are
    std::vector<Nanoseconds> sums_;     // of each column those of the kinds
    std::vector<Nanoseconds> starts_;   // how many begin to fill whole columns at a column, less those that have ceased to
    std::vector<std::uint8_t> classOf_; // of each site, plus one; 0 if it has not been asked for
    std::size_t lanes_ = 0;
    std::size_t nextTask_ = 0;
    std::size_t nextSpan_ = 0;            // of a task
    std::optional<InnermostSpans> inner_; // of a thread
    std::size_t lastColumn_ = 0;          // of what was added last, near which the next one is
};

} // namespace loopscope
