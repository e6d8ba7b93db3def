#pragma once

#include "core/analysis/stalls.h"
#include "core/analysis/state_density.h"
#include "core/trace/marks.h"
#include "ui/theme/theme.h"

#include <QPolygon>
#include <QRect>

#include <span>
#include <vector>

namespace loopscope {

/// The part of an overview that one state has, or slices of one colour: a stepped area, which may be of no height here and there.
struct OverviewBand {
    SpanColour colour;
    std::vector<QRect> steps; ///< from left to right without gaps
};

/// The area of a band in one piece, with a point only where it changes.
/// Requires that it has steps.
[[nodiscard]] QPolygon outlineOf(const OverviewBand &band);

/// A run at a glance, as plain data in device pixels, for widget and pictures alike.
struct OverviewPicture {
    QRect rect;
    std::vector<OverviewBand> bands;
    std::vector<QRect> stalls; ///< along the upper edge
    std::size_t fullLanes = 0; ///< of a trace of others, how many busy lanes fill the height
};

/// Begins to count what an overview of the trace as it is now shows.
[[nodiscard]] StateDensity overviewDensity(const Trace &trace, int columns);

/// What fills the height of an overview.
enum class OverviewHeight {
    Tasks,     ///< the tasks that there are then
    BusyLanes, ///< as many lanes as are busy where most are, rounded up
};
/// Threads of others are in no state while they do nothing, and most of many may do nothing all the time.
[[nodiscard]] OverviewHeight overviewHeight(const Trace &trace);

/// Stacks, in each pixel column of `rect`, the states by their share of all tasks' time: from below blocking, running, in worker, slices,
/// ready, queued, awaiting. A state that occurs in a column has `least` pixels at least, blocking twice as many, whatever its share: it
/// never vanishes. Slices are stacked by their colours, and have `least` pixels together. `density` is done, and overviewDensity()'s;
/// without columns there are no bands.
[[nodiscard]] OverviewPicture overviewPicture(const StateDensity &density, const std::vector<Stall> &stalls, const QRect &rect, int least,
                                              OverviewHeight height = OverviewHeight::Tasks);
/// The columns, counted from the left of an overview of `columns` that shows `range`, in which there are marks, each once, from left to
/// right. `marks` are in order of time; those out of the range are left out.
[[nodiscard]] std::vector<int> markColumns(std::span<const Mark> marks, TimeRange range, int columns);

} // namespace loopscope
