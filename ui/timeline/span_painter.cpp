#include "ui/timeline/span_painter.h"

#include "ui/timeline/span_texture.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope {

SpanPainter::SpanPainter(const Theme &theme, double scale, Medium medium)
    : theme_(theme)
    , scale_(scale)
    , medium_(medium)
    , shapes_(scale)
    , raster_(theme, scale, medium == Medium::Raster ? SpanShapes::Detail::Full : SpanShapes::Detail::Plain)
{
}

void SpanPainter::paintSpan(QPainter &painter, const QRect &rect, SpanColour colour) const
{
    if (medium_ == Medium::Vector) {
        paintAreas(painter, rect, colour);
        return;
    }
    QImage image(rect.size(), QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    raster_.paint(Pixels(image, rect.topLeft()), rect, colour);
    painter.drawImage(rect.topLeft(), image);
}

void SpanPainter::paintAreas(QPainter &painter, const QRect &rect, SpanColour colour) const
{
    const SpanShape shape = shapes_.shapeOf(rect, colour.state);
    if (shape.bar.isValid())
        fillRounded(painter, shape.bar, shape.radius, shape.isOutline ? theme_.outline(colour.state) : theme_.of(colour));
    if (shape.face.isValid()) {
        painter.fillRect(shape.face, theme_.state(colour.state));
        strokeTexture(painter, shape.face, colour.state, theme_.textureOn(colour.state), scale_);
    }
    if (shape.line.isValid())
        painter.fillRect(shape.line, theme_.textureOn(colour.state));
}

void SpanPainter::fillRounded(QPainter &painter, const QRect &rect, int radius, const QColor &color) const
{
    if (radius == 0) {
        painter.fillRect(rect, color);
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(rect, radius, radius);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void SpanPainter::paintCap(QPainter &painter, const QRect &rect, Outcome outcome) const
{
    if (outcome == Outcome::Unfinished)
        return;
    if (outcome == Outcome::Done) {
        painter.fillRect(rect, theme_.mutedText);
        return;
    }
    const double width = 1.8 * scale_;
    const QRectF inner = QRectF(rect).adjusted(width / 2, width / 2, -width / 2, -width / 2);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(outcome == Outcome::Failed ? theme_.failure : theme_.mutedText, width, Qt::SolidLine, Qt::RoundCap));
    if (outcome == Outcome::Failed) {
        painter.drawLine(inner.topLeft(), inner.bottomRight());
        painter.drawLine(inner.topRight(), inner.bottomLeft());
    } else {
        painter.drawEllipse(inner);
        const double reach = inner.width() / 2 * std::sqrt(0.5);
        painter.drawLine(inner.center() + QPointF(-reach, reach), inner.center() + QPointF(reach, -reach));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace loopscope
