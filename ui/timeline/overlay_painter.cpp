#include "ui/timeline/overlay_painter.h"

#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

namespace loopscope {

namespace {

QColor withAlpha(QColor color, float alpha)
{
    color.setAlphaF(alpha);
    return color;
}

} // namespace

OverlayPainter::OverlayPainter(const Theme &theme, const TimelineFonts &fonts, double scale)
    : theme_(theme)
    , font_(fonts.small)
    , scale_(scale)
{
}

int OverlayPainter::px(double logical) const
{
    return std::max(1, static_cast<int>(std::lround(logical * scale_)));
}

void OverlayPainter::paintUnderSpans(QPainter &painter, const FrameOverlay &overlay, int top, int bottom) const
{
    if (!overlay.range)
        return;
    const QRect &tint = overlay.range->tint;
    painter.fillRect(QRect(tint.left(), top, tint.width(), bottom - top), withAlpha(theme_.accent, theme_.isDark ? 0.16F : 0.12F));
}

void OverlayPainter::paintOverLanes(QPainter &painter, const FrameOverlay &overlay) const
{
    paintPath(painter, overlay.path);
    for (const ArrowPicture &arrow : overlay.arrows)
        paintArrow(painter, arrow);
    if (!overlay.leftOut.text.isEmpty())
        paintPlate(painter, overlay.plate, overlay.leftOut, theme_.mutedText);
}

void OverlayPainter::paintOverRuler(QPainter &painter, const FrameOverlay &overlay) const
{
    if (!overlay.range)
        return;
    const RangePicture &range = *overlay.range;
    painter.fillRect(range.band, withAlpha(theme_.accent, theme_.isDark ? 0.24F : 0.16F));
    for (const QRect &edge : range.edges)
        painter.fillRect(edge, theme_.accent);
    for (const QRect &grip : range.grips)
        painter.fillRect(grip, theme_.accent);
    paintPlate(painter, range.plate, range.label, theme_.text);
}

void OverlayPainter::paintPlate(QPainter &painter, const QRect &plate, const PlacedText &text, const QColor &color) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.selection);
    painter.drawRoundedRect(plate, px(3), px(3));
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setFont(font_);
    painter.setPen(color);
    painter.drawText(text.at, text.text);
}

// On a halo of the ground, so that it stands out from spans of every colour.
void OverlayPainter::paintPath(QPainter &painter, const PathPicture &path) const
{
    const int halo = px(1);
    for (const QRect &piece : path.pieces)
        painter.fillRect(piece.adjusted(0, -halo, 0, halo), theme_.canvas);
    for (const QRect &join : path.joins)
        painter.fillRect(join, theme_.text);
    for (const QRect &piece : path.pieces)
        painter.fillRect(piece, theme_.text);
}

void OverlayPainter::paintArrow(QPainter &painter, const ArrowPicture &arrow) const
{
    if (arrow.from.x() != arrow.to.x()) {
        paintSlanted(painter, arrow);
        return;
    }
    const int line = px(1.5);
    const int halo = px(1);
    const int head = px(4);
    const int down = arrow.to.y() > arrow.from.y() ? 1 : -1;
    const int left = arrow.from.x() - line / 2;
    const QRect shaft(left, std::min(arrow.from.y(), arrow.to.y()), line, std::abs(arrow.to.y() - arrow.from.y()));
    // On a halo of the ground, so that it stands out from spans of every colour.
    painter.fillRect(shaft.adjusted(-halo, 0, halo, 0), withAlpha(theme_.canvas, 0.8F));
    const QColor colour = arrow.isOfCulprit ? theme_.state(State::Blocking) : theme_.accent;
    painter.fillRect(shaft, colour);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.canvas, halo));
    painter.setBrush(colour);
    const QPointF tip = QPointF(arrow.to) + QPointF(0.5, 0);
    const std::array<QPointF, 3> triangle = {tip + QPointF(0, down * head / 2.0), tip + QPointF(-head, -down * head * 1.2),
                                             tip + QPointF(head, -down * head * 1.2)};
    painter.drawPolygon(triangle.data(), 3);
    if (arrow.isFromInSight)
        painter.drawEllipse(QPointF(arrow.from) + QPointF(0.5, 0), head * 0.75, head * 0.75);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

// Of a flow, which took its time.
void OverlayPainter::paintSlanted(QPainter &painter, const ArrowPicture &arrow) const
{
    const int halo = px(1);
    const double head = px(4);
    const QLineF line(arrow.from, arrow.to);
    const QPointF along = QPointF(line.dx(), line.dy()) / line.length();
    const QPointF across(-along.y(), along.x());
    const QPointF tip = line.p2();
    const QPointF neck = tip - along * head * 1.7;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(withAlpha(theme_.canvas, 0.8F), px(1.5) + 2 * halo, Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(line.p1(), neck);
    painter.setPen(QPen(theme_.accent, px(1.5), Qt::SolidLine, Qt::FlatCap));
    painter.drawLine(line.p1(), neck);
    painter.setPen(QPen(theme_.canvas, halo));
    painter.setBrush(theme_.accent);
    const std::array<QPointF, 3> triangle = {tip, neck + across * head, neck - across * head};
    if (arrow.isToInSight)
        painter.drawPolygon(triangle.data(), 3);
    if (arrow.isFromInSight)
        painter.drawEllipse(line.p1(), head * 0.75, head * 0.75);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace loopscope
