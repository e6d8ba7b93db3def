#pragma once

#include "core/analysis/stalls.h"
#include "core/analysis/state_density.h"
#include "core/trace/marks.h"

#include <QPolygon>
#include <QRect>

#include <span>
#include <vector>

namespace loopscope {

/// One state's part of an overview: a stepped area, which may be of no height here and there.
struct OverviewBand {
    State state = State::Running;
    QPolygon outline;
};

/// A run at a glance, as plain data in device pixels, for widget and pictures alike.
struct OverviewPicture {
    QRect rect;
    std::vector<OverviewBand> bands;
    std::vector<QRect> stalls; ///< along the upper edge
};

/// Stacks, in each pixel column of `rect`, the states by their share of all tasks' time: from below blocking, running, in worker, ready,
/// queued, awaiting. A state that occurs in a column has `least` pixels at least, blocking twice as many, whatever its share: it never
/// vanishes. `density` is done; without columns there are no bands.
///
/// With `whole`, which is more than 0, a column shows its share of so many lanes, and is full only if all of them are busy throughout: for
/// the threads of others, which are in no state while they do nothing.
[[nodiscard]] OverviewPicture overviewPicture(const StateDensity &density, const std::vector<Stall> &stalls, const QRect &rect, int least,
                                              std::size_t whole = 0);
/// The columns, counted from the left of an overview of `columns` that shows `range`, in which there are marks, each once, from left to
/// right. `marks` are in order of time; those out of the range are left out.
[[nodiscard]] std::vector<int> markColumns(std::span<const Mark> marks, TimeRange range, int columns);
/// Of how many lanes a column of the trace's overview shows the share; 0 if it is that of the tasks that there are then.
[[nodiscard]] std::size_t overviewLanes(const Trace &trace);

} // namespace loopscope
