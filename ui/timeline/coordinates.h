#pragma once

#include "core/trace/time.h"

#include <vector>

namespace loopscope {

// Time ↔ pixel, as pure functions that are exact in whole numbers for every range of 63 bits: the idea of Qt Creator's
// timelinecoordinates.h.
//
// The visible range is divided into `columns` columns of pixels; column c is the half-open interval [timeOfColumn(c), timeOfColumn(c + 1)).
// So columnOfTime(timeOfColumn(c)) == c wherever a column is at least a nanosecond wide, and every instant is in exactly one column.
// Times far outside the range give columns that are clamped to ±columnLimit.

/// The columns of a row of pixels that show a range of time. `range` must not be empty, `columns` at least 1.
struct TimeScale {
    TimeRange range;
    int columns = 1;

    friend constexpr bool operator==(const TimeScale &, const TimeScale &) = default;
};

inline constexpr int columnLimit = 1 << 28;

/// The column in which `at` lies: negative or >= columns outside of the range.
[[nodiscard]] int columnOfTime(const TimeScale &scale, Nanoseconds at);
/// The column whose left edge is nearest to `at`.
[[nodiscard]] int nearestEdge(const TimeScale &scale, Nanoseconds at);
/// The first instant of a column, saturated at the ends of 63 bits.
[[nodiscard]] Nanoseconds timeOfColumn(const TimeScale &scale, int column);

/// The edges of all columns of a scale, for those who ask for many instants: the same answers as above, for a fraction of the divisions.
class ColumnEdges {
public:
    explicit ColumnEdges(const TimeScale &scale);

    [[nodiscard]] const TimeScale &scale() const { return scale_; }
    /// The column in which `at` lies, or the first or last one if it is outside of the range.
    [[nodiscard]] int columnAt(Nanoseconds at) const;
    /// The same for who knows that it is not before column `from`, 0 ≤ from < scale().columns: quick if it is there or in the next one.
    [[nodiscard]] int columnAt(Nanoseconds at, int from) const
    {
        for (int column = from; column < scale_.columns && column < from + 2; ++column) {
            if (at < (*this)[column + 1])
                return column;
        }
        return columnAt(at);
    }
    /// nearestEdge().
    [[nodiscard]] int nearestTo(Nanoseconds at) const;
    /// timeOfColumn(), 0 ≤ column ≤ scale().columns.
    [[nodiscard]] Nanoseconds operator[](int column) const { return edges_[static_cast<std::size_t>(column)]; }

private:
    TimeScale scale_;
    double columnsANanosecond_;
    std::vector<Nanoseconds> edges_;
};

/// `range`, or the nanosecond after its begin where it is empty: fit for a TimeScale.
[[nodiscard]] TimeRange atLeastOneNanosecond(TimeRange range);

} // namespace loopscope
