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
// Of a dot's line between its round ends: what it takes to be there when files are written with six digits.
constexpr double dotLength = 0.1;

double periodOf(State state)
{
    return state == State::Ready ? hatchPeriod : state == State::Queued ? dotPeriod : latticePeriod;
}

// Of dots their width.
double lineWidthOf(State state)
{
    return state == State::Ready ? 1.6 : state == State::Queued ? 2.2 : 1.1;
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

// Those of a row are one line of dashes: in a file a hundredth of the bytes of that many circles.
void addDots(QPainterPath &path, const QRectF &rect, double period, double radius)
{
    const double first = std::ceil((rect.left() + radius - period / 2) / period) * period + period / 2;
    const double count = std::ceil((rect.right() - radius - first) / period);
    if (count < 1)
        return;
    for (double y = rect.top() + period / 2; y + radius < rect.bottom(); y += period) {
        path.moveTo(first - dotLength / 2, y);
        path.lineTo(first + (count - 1) * period + dotLength / 2, y);
    }
}

QPainterPath pathIn(const QRectF &rect, State state, double scale, double period)
{
    QPainterPath path;
    if (state == State::Queued) {
        addDots(path, rect, period, lineWidthOf(state) * scale / 2);
        return path;
    }
    addDiagonals(path, rect, period, true);
    if (state == State::Blocking)
        addDiagonals(path, rect, period, false);
    return path;
}

} // namespace

bool isTextured(State state)
{
    return state == State::Ready || state == State::Queued || state == State::Blocking;
}

QPainterPath texturePath(const QRectF &rect, State state, double scale)
{
    // The ends of slanted strokes reach a little beyond their line.
    const double inset = state == State::Queued ? 0 : lineWidthOf(state) * scale / 2;
    return pathIn(rect.adjusted(inset, inset, -inset, -inset), state, scale, periodOf(state) * scale);
}

std::size_t textureLines(const QRectF &rect, State state, double scale)
{
    const double period = periodOf(state) * scale;
    if (state == State::Queued)
        return static_cast<std::size_t>(rect.height() / period);
    const auto lines = static_cast<std::size_t>((rect.width() + rect.height()) / period);
    return state == State::Blocking ? 2 * lines : lines;
}

QPen texturePen(State state, const QColor &color, double scale)
{
    const double width = lineWidthOf(state) * scale;
    QPen pen(color, width, Qt::SolidLine, state == State::Queued ? Qt::RoundCap : Qt::FlatCap);
    if (state == State::Queued)
        pen.setDashPattern({dotLength / width, (dotPeriod * scale - dotLength) / width});
    return pen;
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
    const QRectF area = QRectF(image.rect()).adjusted(-beyond, -beyond, beyond, beyond);
    painter.strokePath(pathIn(area, state, scale, size), texturePen(state, theme.textureOn(state), scale));
    return image;
}

} // namespace loopscope
