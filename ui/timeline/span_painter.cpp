#include "ui/timeline/span_painter.h"

#include <QImage>
#include <QPainter>

#include <cmath>

namespace loopscope {

namespace {

void drawCross(QPainter &painter, const QRectF &rect)
{
    painter.drawLine(rect.topLeft(), rect.bottomRight());
    painter.drawLine(rect.topRight(), rect.bottomLeft());
}

void drawCrossedCircle(QPainter &painter, const QRectF &rect)
{
    painter.drawEllipse(rect);
    const double reach = rect.width() / 2 * std::sqrt(0.5);
    painter.drawLine(rect.center() + QPointF(-reach, reach), rect.center() + QPointF(reach, -reach));
}

} // namespace

SpanPainter::SpanPainter(const Theme &theme, double scale, Medium medium)
    : theme_(theme)
    , scale_(scale)
    , medium_(medium)
    , raster_(theme, scale, medium == Medium::Raster ? SpanShapes::Detail::Full : SpanShapes::Detail::Plain)
{
}

void SpanPainter::paintSpan(QPainter &painter, const QRect &rect, SpanColour colour) const
{
    if (medium_ == Medium::Vector) {
        SpanAreas span = areas(SpanShapes::Detail::Full);
        span.add(rect, colour);
        span.paint(painter);
        return;
    }
    QImage image(rect.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    raster_.paint(Pixels(image, rect.topLeft()), rect, colour);
    painter.drawImage(rect.topLeft(), image);
}

SpanAreas SpanPainter::areas(SpanShapes::Detail detail) const
{
    return {theme_, scale_, detail};
}

void SpanPainter::paintCap(QPainter &painter, const QRect &rect, Outcome outcome) const
{
    paintCaps(painter, std::span(&rect, 1), outcome);
}

void SpanPainter::paintCaps(QPainter &painter, std::span<const QRect> rects, Outcome outcome) const
{
    if (outcome == Outcome::Unfinished || rects.empty())
        return;
    if (outcome == Outcome::Done) {
        fillAreas(painter, rects, theme_.mutedText);
        return;
    }
    const double width = 1.8 * scale_;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(outcome == Outcome::Failed ? theme_.failure : theme_.mutedText, width, Qt::SolidLine, Qt::RoundCap));
    for (const QRect &rect : rects) {
        const QRectF inner = QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2);
        if (outcome == Outcome::Failed)
            drawCross(painter, inner);
        else
            drawCrossedCircle(painter, inner);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace loopscope
