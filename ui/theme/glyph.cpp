#include "ui/theme/glyph.h"

#include <QIconEngine>
#include <QPainter>
#include <QPainterPath>

namespace loopscope {

namespace {

// All shapes live in a square of 16 units.
QPainterPath filledShape(Glyph glyph)
{
    QPainterPath path;
    switch (glyph) {
    case Glyph::Play:
        path.addPolygon(QPolygonF({{4, 2.5}, {13.5, 8}, {4, 13.5}, {4, 2.5}}));
        break;
    case Glyph::Stop:
        path.addRect(3.5, 3.5, 9, 9);
        break;
    case Glyph::Pause:
        path.addRect(4, 3, 3, 10);
        path.addRect(9, 3, 3, 10);
        break;
    default:
        break;
    }
    return path;
}

QPainterPath drawnShape(Glyph glyph)
{
    QPainterPath path;
    const auto line = [&path](std::initializer_list<QPointF> points) { path.addPolygon(QPolygonF(points)); };
    switch (glyph) {
    case Glyph::Fit:
        line({{2, 3}, {2, 13}});
        line({{14, 3}, {14, 13}});
        line({{4.5, 8}, {11.5, 8}});
        line({{6.5, 6}, {4.5, 8}, {6.5, 10}});
        line({{9.5, 6}, {11.5, 8}, {9.5, 10}});
        break;
    case Glyph::Export:
        line({{8, 10}, {8, 2}});
        line({{5, 5}, {8, 2}, {11, 5}});
        line({{2.5, 9}, {2.5, 13.5}, {13.5, 13.5}, {13.5, 9}});
        break;
    case Glyph::Close:
        line({{4, 4}, {12, 12}});
        line({{12, 4}, {4, 12}});
        break;
    case Glyph::Drop:
        line({{8, 2}, {8, 10}});
        line({{4.8, 7}, {8, 10}, {11.2, 7}});
        line({{2.5, 10}, {2.5, 13.5}, {13.5, 13.5}, {13.5, 10}});
        break;
    default:
        break;
    }
    return path;
}

class GlyphEngine : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, const QColor &colour)
        : glyph_(glyph)
        , colour_(colour)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal scale = qMin(rect.width(), rect.height()) / 16.0;
        QColor colour = colour_;
        if (mode == QIcon::Disabled)
            colour.setAlphaF(0.45F);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->translate(QRectF(rect).center());
        painter->scale(scale, scale);
        painter->translate(-8, -8);
        painter->fillPath(filledShape(glyph_), colour);
        painter->strokePath(drawnShape(glyph_), QPen(colour, 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->restore();
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(0, 0), size), mode, state);
        return pixmap;
    }

    [[nodiscard]] QIconEngine *clone() const override { return new GlyphEngine(*this); }

private:
    Glyph glyph_;
    QColor colour_;
};

} // namespace

QIcon glyphIcon(Glyph glyph, const QColor &colour)
{
    return QIcon(new GlyphEngine(glyph, colour));
}

} // namespace loopscope
