#include "ui/timeline/overview_painter.h"

#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope {

OverviewPainter::OverviewPainter(const Theme &theme, double scale, Medium medium)
    : theme_(theme)
    , scale_(scale)
    , medium_(medium)
{
}

int OverviewPainter::px(double logical) const
{
    return std::max(1, static_cast<int>(std::lround(logical * scale_)));
}

void OverviewPainter::paint(QPainter &painter, const OverviewPicture &picture) const
{
    painter.fillRect(picture.rect, theme_.canvas);
    painter.setPen(Qt::NoPen);
    for (const OverviewBand &band : picture.bands) {
        const QColor colour = theme_.of(band.colour);
        if (medium_ == Medium::Vector) {
            painter.setBrush(colour);
            painter.drawPolygon(outlineOf(band));
            continue;
        }
        for (const QRect &step : band.steps)
            painter.fillRect(step, colour);
    }
    for (const QRect &stall : picture.stalls)
        painter.fillRect(stall, theme_.failure);
}

// As the plates in the ruler; on a ground of their own, for they stand on every colour of a state.
void OverviewPainter::paintMarks(QPainter &painter, const QRect &overview, std::span<const int> columns) const
{
    const QSize size(px(2), std::max(px(1), overview.height() / 3));
    const int most = overview.right() + 1 - size.width();
    for (const int column : columns) {
        const QRect tick(QPoint(std::min(overview.left() + column, most), overview.bottom() + 1 - size.height()), size);
        painter.fillRect(tick.adjusted(-px(1), -px(1), px(1), 0).intersected(overview), theme_.canvas);
        painter.fillRect(tick, theme_.text);
    }
}

void OverviewPainter::paintWindow(QPainter &painter, const QRect &overview, const OverviewWindow &window) const
{
    if (window.selected)
        paintSelection(painter, *window.selected);
    if (window.instant) {
        QColor pale = theme_.canvas;
        pale.setAlphaF(0.6F);
        painter.fillRect(QRect(QPoint(*window.instant, overview.top()), overview.bottomRight()), pale);
    }
    QColor veil = theme_.window;
    veil.setAlphaF(0.6F);
    const QRect &seen = window.rect;
    painter.fillRect(QRect(overview.topLeft(), QPoint(seen.left() - 1, overview.bottom())), veil);
    painter.fillRect(QRect(QPoint(seen.right() + 1, overview.top()), overview.bottomRight()), veil);
    paintHandles(painter, seen);
    if (window.instant) {
        const int x = std::min(*window.instant, overview.right() + 1 - px(2)); // at the end within, too
        painter.fillRect(QRect(x, overview.top(), px(2), overview.height()), theme_.accent);
    }
}

void OverviewPainter::paintSelection(QPainter &painter, const QRect &selected) const
{
    QColor tint = theme_.accent;
    tint.setAlphaF(0.15F);
    painter.fillRect(selected, tint);
    for (const int x : {selected.left(), selected.right() + 1 - px(1)})
        painter.fillRect(QRect(x, selected.top(), px(1), selected.height()), theme_.accent);
}

void OverviewPainter::paintHandles(QPainter &painter, const QRect &seen) const
{
    const int line = px(1);
    const QRect frame = seen.adjusted(-line, 0, line, 0);
    painter.fillRect(QRect(frame.left(), frame.top(), frame.width(), line), theme_.mutedText);
    painter.fillRect(QRect(frame.left(), frame.bottom() + 1 - line, frame.width(), line), theme_.mutedText);
    const int grip = px(5);
    const int height = std::min(px(18), seen.height());
    const int top = seen.center().y() - height / 2;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const int x : {frame.left(), frame.right() + 1 - line}) {
        painter.fillRect(QRect(x, frame.top(), line, frame.height()), theme_.mutedText);
        painter.setPen(QPen(theme_.mutedText, line));
        painter.setBrush(theme_.canvas);
        painter.drawRoundedRect(QRectF(x + line / 2.0 - grip / 2.0, top, grip, height), px(2), px(2));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

} // namespace loopscope
