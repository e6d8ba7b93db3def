#include "ui/timeline/span_painter.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

// Logical pixels. Tiles repeat after a whole number of device pixels, so that they join without a seam at 1.25x too.
constexpr double hatchPeriod = 6;
constexpr double dotPeriod = 6;
constexpr double latticePeriod = 8;
constexpr double cornerRadius = 2;

bool isTextured(State state)
{
    return state == State::Ready || state == State::Queued || state == State::Blocking;
}

double periodOf(State state)
{
    return state == State::Ready ? hatchPeriod : state == State::Queued ? dotPeriod : latticePeriod;
}

double lineWidthOf(State state)
{
    return state == State::Ready ? 1.6 : 1.1;
}

// The diagonals y = ±x + k·period that cross `rect`, each cut at its edges.
void addDiagonals(QPainterPath &path, const QRectF &rect, double period, bool isRising)
{
    const double low = isRising ? rect.top() + rect.left() : rect.top() - rect.right();
    const double high = isRising ? rect.bottom() + rect.right() : rect.bottom() - rect.left();
    for (double k = std::ceil(low / period) * period; k < high; k += period) {
        const auto yAt = [&](double x) { return isRising ? k - x : k + x; };
        const auto xAt = [&](double y) { return isRising ? k - y : y - k; };
        double x1 = std::max(rect.left(), std::min(xAt(rect.top()), xAt(rect.bottom())));
        double x2 = std::min(rect.right(), std::max(xAt(rect.top()), xAt(rect.bottom())));
        if (x2 <= x1)
            continue;
        path.moveTo(x1, yAt(x1));
        path.lineTo(x2, yAt(x2));
    }
}

void addDots(QPainterPath &path, const QRectF &rect, double period, double radius)
{
    for (double y = rect.top() + period / 2; y + radius < rect.bottom(); y += period) {
        for (double x = std::ceil(rect.left() / period) * period + period / 2; x + radius < rect.right(); x += period) {
            if (x - radius > rect.left())
                path.addEllipse(QPointF(x, y), radius, radius);
        }
    }
}

void drawTexture(QPainter &painter, const QRectF &rect, State state, const QColor &color, double scale, double period)
{
    QPainterPath path;
    if (state == State::Queued) {
        addDots(path, rect, period, 1.1 * scale);
        painter.fillPath(path, color);
        return;
    }
    addDiagonals(path, rect, period, true);
    if (state == State::Blocking)
        addDiagonals(path, rect, period, false);
    painter.strokePath(path, QPen(color, lineWidthOf(state) * scale, Qt::SolidLine, Qt::FlatCap));
}

QImage tile(const Theme &theme, State state, double scale)
{
    const int size = std::max(2, static_cast<int>(std::lround(periodOf(state) * scale)));
    QImage image(size, size, QImage::Format_RGB32); // opaque: its rows are copied, not blended
    image.fill(theme.state(state));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    // Drawn beyond the edges, so that lines which cross a corner are whole; a dot stays in its middle.
    const int beyond = state == State::Queued ? 0 : size;
    drawTexture(painter, QRectF(image.rect()).adjusted(-beyond, -beyond, beyond, beyond), state, theme.textureOn(state), scale, size);
    painter.end();
    return image;
}

// So many copies of a tile side by side that few spans need more, cut off or repeated downwards to `height`.
QImage stripOf(const QImage &tile, int height)
{
    constexpr int width = 512;
    const int copies = std::max(1, width / tile.width());
    QImage strip(copies * tile.width(), height, tile.format());
    QPainter painter(&strip);
    painter.fillRect(strip.rect(), QBrush(tile));
    return strip;
}

} // namespace

SpanPainter::SpanPainter(const Theme &theme, double scale, Medium medium)
    : theme_(theme)
    , scale_(scale)
    , medium_(medium)
{
}

int SpanPainter::px(double logical) const
{
    return std::max(1, static_cast<int>(std::lround(logical * scale_)));
}

const SpanPainter::BarEnds &SpanPainter::barEnds(const QColor &color, int height) const
{
    BarEnds &ends = barEnds_[{color.rgba(), height}];
    if (!ends.left.isNull())
        return ends;
    const int radius = px(cornerRadius);
    QImage bar(4 * radius, height, QImage::Format_ARGB32_Premultiplied);
    bar.fill(Qt::transparent);
    QPainter painter(&bar);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawRoundedRect(bar.rect(), radius, radius);
    painter.end();
    ends = {bar.copy(0, 0, radius, height), bar.copy(bar.width() - radius, 0, radius, height)};
    return ends;
}

void SpanPainter::fillRounded(QPainter &painter, const QRect &rect, const QColor &color) const
{
    const int radius = px(cornerRadius);
    if (rect.width() < px(8) || rect.height() < px(6)) {
        painter.fillRect(rect, color);
    } else if (medium_ == Medium::Raster) {
        const BarEnds &ends = barEnds(color, rect.height());
        painter.drawImage(rect.topLeft(), ends.left);
        painter.fillRect(rect.adjusted(radius, 0, -radius, 0), color);
        painter.drawImage(QPoint(rect.right() + 1 - radius, rect.top()), ends.right);
    } else {
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawRoundedRect(rect, radius, radius);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
}

void SpanPainter::paintSpan(QPainter &painter, const QRect &rect, SpanColour colour) const
{
    if (colour.state == State::Awaiting)
        paintAwaiting(painter, rect);
    else if (isTextured(colour.state))
        paintTextured(painter, rect, colour.state);
    else
        fillRounded(painter, rect, theme_.of(colour));
}

void SpanPainter::paintAwaiting(QPainter &painter, const QRect &rect) const
{
    const int rail = std::min(px(6), rect.height());
    const int top = rect.top() + (rect.height() - rail) / 2;
    fillRounded(painter, QRect(rect.left(), top, rect.width(), rail), theme_.state(State::Awaiting));
    const int line = px(2);
    const int inset = rect.width() > px(8) ? px(2) : 0;
    painter.fillRect(QRect(rect.left() + inset, top + (rail - line) / 2, rect.width() - 2 * inset, line),
                     theme_.textureOn(State::Awaiting));
}

void SpanPainter::paintTextured(QPainter &painter, const QRect &rect, State state) const
{
    const int edge = state == State::Blocking ? px(2) : px(1);
    const bool hasOutline = rect.width() >= px(8);
    const QRect inner = hasOutline ? rect.adjusted(edge, edge, -edge, -edge) : rect;
    if (hasOutline)
        fillRounded(painter, rect, theme_.outline(state));
    if (medium_ == Medium::Raster) {
        fillTexture(painter, inner, state);
        return;
    }
    painter.fillRect(inner, theme_.state(state));
    strokeTexture(painter, inner, state);
}

// As filling with a tile does, but for a tenth of the cost: Qt spreads such a fill over threads, however small it is.
void SpanPainter::fillTexture(QPainter &painter, const QRect &rect, State state) const
{
    if (rect.isEmpty()) // the outline has taken all of it
        return;
    Texture &texture = textures_[static_cast<std::size_t>(state)];
    if (texture.tile.isNull())
        texture.tile = tile(theme_, state, scale_);
    QImage &strip = texture.strips[rect.height()];
    if (strip.isNull())
        strip = stripOf(texture.tile, rect.height());
    const int end = rect.right() + 1;
    for (int x = rect.left(); x < end;) {
        const int phase = x % texture.tile.width(); // the texture keeps its place when spans move
        const int width = std::min(end - x, strip.width() - phase);
        painter.drawImage(QPoint(x, rect.top()), strip, QRect(phase, 0, width, rect.height()));
        x += width;
    }
}

void SpanPainter::strokeTexture(QPainter &painter, const QRect &rect, State state) const
{
    // The ends of slanted strokes reach a little beyond their line.
    const double inset = lineWidthOf(state) * scale_ / 2;
    drawTexture(painter, QRectF(rect).adjusted(inset, inset, -inset, -inset), state, theme_.textureOn(state), scale_,
                periodOf(state) * scale_);
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
