#pragma once

#include "ui/timeline/placed_text.h"

#include <QCache>
#include <QColor>
#include <QFont>
#include <QGlyphRun>
#include <QList>
#include <QRect>

class QPainter;

namespace loopscope {

/// What is drawn on: pixels, for which textures are tiles, or lines and areas of a file (SVG, PDF), for which they are strokes cut to the
/// span, for QSvgGenerator knows neither textures nor clipping.
enum class Medium { Raster, Vector };

/// Draws texts in one font. On pixels the glyphs of a text are kept for the next frame, for to find them costs more than to draw them; in
/// a file a text stays a text. One thread at a time.
class TextPainter {
public:
    TextPainter(const QFont &font, Medium medium);

    void draw(QPainter &painter, const PlacedText &text, const QColor &color) const;
    /// The pixels that draw() can touch.
    [[nodiscard]] QRect inkOf(const PlacedText &text) const;

private:
    using Glyphs = QList<QGlyphRun>; // their positions count from the left end of the baseline

    [[nodiscard]] const Glyphs &glyphsOf(const QString &text) const;

    QFont font_;
    Medium medium_;
    mutable QCache<QString, Glyphs> known_;
};

} // namespace loopscope
