#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/coordinates.h"

#include <QPolygon>
#include <QRect>

#include <optional>

namespace loopscope {

/// The values of a counter in a visible range, as stepped areas: the one reaches up to the least value in each pixel column, the other to
/// the greatest. Both are empty where the counter has no value yet.
struct CounterCurve {
    QPolygon least;
    QPolygon most;
};

/// The curve in `place`, whose columns are those of `edges`. The lower edge is 0, or the counter's least value if that is below; the upper
/// one its greatest: they do not move with what is visible. It costs what the lane has columns, however many samples there are.
[[nodiscard]] CounterCurve counterCurve(const Trace &trace, LaneId counter, const ColumnEdges &edges, const QRect &place);

/// The value of a counter at an instant: that of the last sample until then; nothing before the first one.
[[nodiscard]] std::optional<double> counterValue(const Trace &trace, LaneId counter, Nanoseconds at);

} // namespace loopscope
