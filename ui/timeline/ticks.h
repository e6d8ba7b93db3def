#pragma once

#include "ui/timeline/coordinates.h"

#include <QString>

#include <functional>
#include <vector>

namespace loopscope {

/// One mark of the ruler.
struct Tick {
    int column = 0;
    QString label; ///< empty for the small marks between
};

/// How wide a text is, in columns. Geometry asks for it instead of a font, so that it can be tested without one.
using TextWidth = std::function<int(const QString &)>;

/// The distance of labelled ticks: 1, 2 or 5 times a power of ten of nanoseconds up to 20 s, then 1, 2, 5, 10, 20 minutes, 1, 2, 5, 10…
/// hours. The smallest such step that is at least `shortest`.
[[nodiscard]] Nanoseconds niceStep(Nanoseconds shortest);

/// The instant `at` for a ruler whose labels are `step` apart and show instants up to `farthest`: as many decimals as tell neighbours
/// apart, in one unit for the whole ruler ("0.5 ms", "3.2 s", "2 min 05 s").
[[nodiscard]] QString tickLabel(Nanoseconds at, Nanoseconds step, Nanoseconds farthest);

/// The ticks of a ruler from left to right, labels at least `spacing` columns apart at their widest; small marks divide the steps where
/// there is room. A label stands right of its tick.
[[nodiscard]] std::vector<Tick> rulerTicks(const TimeScale &scale, const TextWidth &width, int spacing);

} // namespace loopscope
