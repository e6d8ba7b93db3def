#include "ui/timeline/text_painter.h"

#include <QPainter>
#include <QTextLayout>
#include <QTextOption>

namespace loopscope {

namespace {

// A screen shows some hundred; panning comes back to those of a few screens.
constexpr qsizetype mostTextsKept = 4'000;

QList<QGlyphRun> shaped(const QString &text, const QFont &font)
{
    QTextLayout layout(text, font);
    // From the left, in the direction of its first letter, as QPainter::drawText() has it.
    QTextOption option(Qt::AlignLeft | Qt::AlignAbsolute);
    option.setTextDirection(Qt::LayoutDirectionAuto);
    layout.setTextOption(option);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    QList<QGlyphRun> runs = layout.glyphRuns();
    for (QGlyphRun &run : runs) {
        QList<QPointF> positions = run.positions();
        for (QPointF &position : positions)
            position.ry() -= line.ascent();
        run.setPositions(positions);
    }
    return runs;
}

} // namespace

TextPainter::TextPainter(const QFont &font, Medium medium)
    : font_(font)
    , medium_(medium)
    , known_(mostTextsKept)
{
}

void TextPainter::draw(QPainter &painter, const PlacedText &text, const QColor &color) const
{
    if (text.text.isEmpty())
        return;
    painter.setPen(color);
    if (medium_ == Medium::Vector) {
        if (painter.font() != font_) // it would be told again in the file
            painter.setFont(font_);
        painter.drawText(text.at, text.text);
        return;
    }
    for (const QGlyphRun &run : glyphsOf(text.text))
        painter.drawGlyphRun(text.at, run);
}

QRect TextPainter::inkOf(const PlacedText &text) const
{
    QRectF ink;
    for (QGlyphRun run : glyphsOf(text.text)) {
        run.setBoundingRect({}); // that of the line, which glyphs may leave
        ink |= run.boundingRect();
    }
    return ink.translated(text.at).toAlignedRect().adjusted(-1, -1, 1, 1); // glyphs are smoothed
}

const TextPainter::Glyphs &TextPainter::glyphsOf(const QString &text) const
{
    if (const Glyphs *known = known_.object(text))
        return *known;
    auto *glyphs = new Glyphs(shaped(text, font_)); // the cache owns it
    known_.insert(text, glyphs);
    return *glyphs;
}

} // namespace loopscope
