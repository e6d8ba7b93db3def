#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/coordinates.h"

#include <cstddef>
#include <vector>

namespace loopscope {

/// A stretch of columns of one lane in one state: a span, or a run of spans that are too short for columns of their own.
struct SpanBox {
    int left = 0; ///< columns [left, right), at least one, inside the visible ones
    int right = 0;
    State state = State::Running;
    std::size_t first = 0; ///< index of the first span it stands for, as Trace::span takes it
    std::size_t count = 1; ///< how many spans it stands for
    NameId name = 0;       ///< of slices: the name of the one it stands for, or the one with most time; 0 if that is not certain
    bool isSparse = false; ///< its columns are idle for more than half of their time

    friend bool operator==(const SpanBox &, const SpanBox &) = default;
};

/// What a lane shows in a visible range, from left to right without overlap: at most one box a column.
struct LaneBoxes {
    std::vector<SpanBox> boxes;
    std::size_t queries = 0; ///< questions asked of the trace: bounded by the number of columns, whatever the number of spans
};

/// Turns the spans of a lane into boxes.
///
/// A span that covers a whole column is drawn from the column edge nearest to its begin to the one nearest to its end. Every other span is
/// at home in the column of its middle, and that column is its own: longer neighbours leave it to it, so every span has one pixel at least.
/// Where several such spans share a column, one box stands for all: blocking if any of them is, for blocking never vanishes, else the
/// state with most time, the earlier one in the order of State where two are equal. A column that is no span's home, but that its
/// neighbours fill by half at least, is that of the neighbour which fills more of it. Adjacent columns of the same state merge.
///
/// A column is sparse if what is at home there, with all of its length, and what its neighbours fill of it, takes less than half of its
/// time, as far as it lies between the lane's begin and its end, or now: a loop or a worker that is idle most of the time must not look
/// like a busy one. Sparse columns and others do not merge. What is blocking is never sparse.
///
/// Slices have names. A column of several slices bears the name with most time among the first nine of them, the earlier one where two are
/// equal, if there are no more, or if it has more than half of the time of all slices in the column; else none. Adjacent columns merge if
/// their names are the same.
///
/// So what a person must not miss is there at every zoom: blocking in every column in which a span of it is at home, and (by buildFrame)
/// the stalls of the loop and the ends of tasks that failed.
///
/// It costs what the lane has columns: a column with many spans is one jump to the next column and the difference of two sums.
[[nodiscard]] LaneBoxes spanBoxes(const Trace &trace, LaneId lane, const ColumnEdges &edges);
/// For a single lane.
[[nodiscard]] LaneBoxes spanBoxes(const Trace &trace, LaneId lane, const TimeScale &scale);

/// The span of `box` at `column`: the one that lies there, or the nearest.
[[nodiscard]] std::size_t spanInBox(const Trace &trace, LaneId lane, const TimeScale &scale, const SpanBox &box, int column);

} // namespace loopscope
