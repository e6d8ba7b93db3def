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

/// A ruler: its ticks from left to right, and what their labels count from.
struct Ruler {
    QString base; ///< empty if they count from zero
    std::vector<Tick> ticks;
};

/// The ruler of a scale, labels at least `spacing` columns apart at their widest; small marks divide the steps where there is room. A label
/// stands right of its tick.
///
/// Far from zero, labels that count from there would be long and all begin alike. So a range that ends a thousand of its own lengths from
/// zero or farther has a base, as the rulers of Perfetto and Tracy have, and offsets from it: "12.345 s" and "+678 µs". The base is a whole
/// number of µs, ms, s, min or h, of which one is at least ten times as long as the range: it changes once in ten screens or less often. A
/// tick at such a whole number is labelled with it, and those right of it count from there, so that no label changes while its tick moves.
/// Whether there is a base depends on the range alone, unless it is wider than `baseRoom`: then there is none, for offsets without it would
/// tell nothing.
[[nodiscard]] Ruler makeRuler(const TimeScale &scale, const TextWidth &width, int spacing, int baseRoom);

} // namespace loopscope
