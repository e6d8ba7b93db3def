#include "ui/timeline/span_texture.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

// Logical pixels.
constexpr double hatchPeriod = 6;
constexpr double dotPeriod = 6;
constexpr double latticePeriod = 8;

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

} // namespace

bool isTextured(State state)
{
    return state == State::Ready || state == State::Queued || state == State::Blocking;
}

void strokeTexture(QPainter &painter, const QRectF &rect, State state, const QColor &color, double scale)
{
    // The ends of slanted strokes reach a little beyond their line.
    const double inset = lineWidthOf(state) * scale / 2;
    drawTexture(painter, rect.adjusted(inset, inset, -inset, -inset), state, color, scale, periodOf(state) * scale);
}

QImage textureTile(const Theme &theme, State state, double scale)
{
    // A whole number of device pixels, so that tiles join without a seam at 1.25x too.
    const int size = std::max(2, static_cast<int>(std::lround(periodOf(state) * scale)));
    QImage image(size, size, QImage::Format_RGB32);
    image.fill(theme.state(state));
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    // Drawn beyond the edges, so that lines which cross a corner are whole; a dot stays in its middle.
    const int beyond = state == State::Queued ? 0 : size;
    drawTexture(painter, QRectF(image.rect()).adjusted(-beyond, -beyond, beyond, beyond), state, theme.textureOn(state), scale, size);
    return image;
}

} // namespace loopscope
