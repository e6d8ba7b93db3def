#pragma once

#include "ui/timeline/lane_layout.h"
#include "ui/timeline/ticks.h"

#include <QFont>

#include <memory>

namespace loopscope {

/// How tall lanes are.
enum class Density : std::uint8_t { Comfortable, Compact, Dense };

/// The fonts of the timeline, in pixels of what is drawn on.
struct TimelineFonts {
    QFont body;   ///< lanes' names
    QFont strong; ///< groups' titles
    QFont small;  ///< facts, labels, the ruler
};

/// Sizes of everything drawn, in device pixels, from the font: so that large type does not clip, and lines are sharp at every scale.
struct TimelineMetrics {
    double scale = 1; ///< device pixels a logical one
    RowHeights rows;
    int rulerHeight = 24;
    int nameWidth = 216; ///< of the column of names, its hairline included
    int spanInset = 4;   ///< above and below a span in its lane
    int gap = 1;         ///< between neighbouring spans
    int radius = 2;
    int padding = 12; ///< beside names and facts
    int capSize = 8;
    bool hasSpanText = true; ///< spans are tall enough for text
    int bodyBaseline = 0;    ///< from the middle of a row down to the baseline of its text
    int smallBaseline = 0;
    TextWidth bodyWidth;
    TextWidth strongWidth;
    TextWidth smallWidth;

    /// A length in logical pixels as device pixels; at least 1 where it is above 0.
    [[nodiscard]] int px(double logical) const;
};

/// The fonts for drawing in device pixels, from a widget's font.
[[nodiscard]] TimelineFonts timelineFonts(const QFont &base, double scale, Density density);
/// The sizes that go with `fonts`. Widths of texts seen before are remembered.
[[nodiscard]] TimelineMetrics timelineMetrics(const TimelineFonts &fonts, double scale, Density density);

/// The longest beginning of `text` with an ellipsis that is no wider than `width`; empty if nothing but the ellipsis fits.
[[nodiscard]] QString elidedRight(const QString &text, int width, const TextWidth &textWidth);
/// As elidedRight, but the middle is left out: names of files differ at their ends.
[[nodiscard]] QString elidedMiddle(const QString &text, int width, const TextWidth &textWidth);

} // namespace loopscope
