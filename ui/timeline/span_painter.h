#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/span_areas.h"
#include "ui/timeline/span_raster.h"
#include "ui/timeline/span_shape.h"
#include "ui/timeline/text_painter.h"

#include <QColor>
#include <QRect>

#include <span>

class QPainter;

namespace loopscope {

/// Draws single spans and caps: each state in its colour and with its second cue, each outcome as its sign. The timeline, its pictures and
/// the legend use the same. One thread at a time.
class SpanPainter {
public:
    /// `scale` is device pixels a logical one; the painters given below draw in device pixels.
    SpanPainter(const Theme &theme, double scale, Medium medium);

    /// Fills `rect`, of at least one pixel, with a span in a state, or with a slice.
    void paintSpan(QPainter &painter, const QRect &rect, SpanColour colour) const;
    /// Draws the sign of an end into the square `rect`: done ■, cancelled ⊘, failed ✕. Nothing for Unfinished.
    void paintCap(QPainter &painter, const QRect &rect, Outcome outcome) const;
    /// The same sign into several squares.
    void paintCaps(QPainter &painter, std::span<const QRect> rects, Outcome outcome) const;

    /// Writes spans as pixels: on a screen they look as those of paintSpan(); for a file, which should not hold very many areas, they are
    /// plain.
    [[nodiscard]] const SpanRaster &raster() const { return raster_; }
    /// For many spans of a file; for no longer than this lives.
    [[nodiscard]] SpanAreas areas(SpanShapes::Detail detail) const;

private:
    Theme theme_;
    double scale_;
    Medium medium_;
    SpanRaster raster_;
};

} // namespace loopscope
