#include "ui/timeline/span_raster.h"

#include "ui/timeline/span_texture.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <cstring>

namespace loopscope {

namespace {

constexpr int textureWidth = 512;  // pixels: few spans are wider
constexpr int fewNarrowSpans = 80; // rows of pixels cost as much as so many narrow spans, each for itself

int heightOf(const SpanPicture &span)
{
    return span.rect.height();
}

// How much of the pixels of a rounded corner is covered, as QPainter has it.
std::vector<quint32> cornerCoverage(int radius)
{
    QImage bar(4 * radius, 4 * radius, QImage::Format_ARGB32_Premultiplied);
    bar.fill(Qt::transparent);
    QPainter painter(&bar);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::black);
    painter.drawRoundedRect(bar.rect(), radius, radius);
    painter.end();
    std::vector<quint32> coverage;
    for (int y = 0; y < radius; ++y) {
        for (int x = 0; x < radius; ++x)
            coverage.push_back(static_cast<quint32>(qAlpha(bar.pixel(x, y))));
    }
    return coverage;
}

// Of premultiplied colours; a coverage of 255 is all of `front`. Two channels at a time, which do not reach each other's bits.
QRgb blend(QRgb front, QRgb back, quint32 coverage)
{
    constexpr QRgb channels = 0x00FF00FF;
    const auto mixed = [coverage](QRgb a, QRgb b) {
        const QRgb sum = a * coverage + b * (255 - coverage);
        return ((sum + ((sum >> 8) & channels) + 0x00800080) >> 8) & channels; // as dividing by 255 does
    };
    return mixed(front & channels, back & channels) | mixed((front >> 8) & channels, (back >> 8) & channels) << 8;
}

void fillIfAny(const Pixels &pixels, const QRect &rect, QRgb color)
{
    if (!rect.isEmpty())
        pixels.fill(rect, color);
}

} // namespace

// What narrow spans look like from above to below: a row of pixels for the sides of the rail of awaiting, for the rail, and for the line in
// its middle.
class SpanRaster::Rows {
public:
    enum Band : std::size_t { Side, Rail, Line };

    Rows(const QRgb *ground, int width)
    {
        for (std::vector<QRgb> &row : rows_)
            row.assign(ground, ground + width);
    }

    void fill(std::size_t at, std::size_t width, QRgb color)
    {
        for (std::size_t x = at; x < at + width; ++x)
            rows_[Side][x] = rows_[Rail][x] = rows_[Line][x] = color;
    }
    void fill(std::size_t at, std::size_t width, QRgb rail, QRgb line)
    {
        for (std::size_t x = at; x < at + width; ++x) {
            rows_[Rail][x] = rail;
            rows_[Line][x] = line;
        }
    }
    void copyTo(QRgb *pixels, Band band) const { std::memcpy(pixels, rows_[band].data(), rows_[band].size() * sizeof(QRgb)); }

private:
    std::array<std::vector<QRgb>, 3> rows_;
};

SpanRaster::SpanRaster(const Theme &theme, double scale, SpanShapes::Detail detail)
    : theme_(theme)
    , scale_(scale)
    , shapes_(scale, detail)
    , line_(theme.textureOn(State::Awaiting).rgb())
    , coverage_(cornerCoverage(shapes_.radius()))
{
    for (std::size_t i = 0; i < stateCount; ++i) {
        states_[i] = theme.state(static_cast<State>(i)).rgb();
        outlines_[i] = theme.outline(static_cast<State>(i)).rgb();
    }
    for (SliceHue hue = 0; hue <= mixedSlices; ++hue)
        slices_[hue] = theme.slice(hue).rgb();
}

QRgb SpanRaster::colorOf(SpanColour colour) const
{
    return colour.state == State::Slice ? slices_[colour.hue] : states_[static_cast<std::size_t>(colour.state)];
}

void SpanRaster::paint(const Pixels &pixels, const QRect &rect, SpanColour colour) const
{
    const SpanShape shape = shapes_.shapeOf(rect, colour.state);
    if (shape.bar.isValid()) {
        const QRgb color = shape.isOutline ? outlines_[static_cast<std::size_t>(colour.state)] : colorOf(colour);
        fillRounded(pixels, shape.bar, shape.radius, color, shape.face);
    }
    if (shape.face.isValid())
        fillTexture(pixels, shape.face, colour.state);
    if (shape.line.isValid())
        pixels.fill(shape.line, line_);
}

void SpanRaster::paint(const Pixels &pixels, std::span<const SpanPicture> spans) const
{
    const bool asRows = hasManyNarrow(spans) && haveRailsOfOneHeight(spans);
    if (asRows)
        paintNarrow(pixels, spans);
    for (const SpanPicture &span : spans) {
        if (!asRows || !shapes_.isNarrow(span.rect.width()))
            paint(pixels, span.rect, span.colour());
    }
}

bool SpanRaster::hasManyNarrow(std::span<const SpanPicture> spans) const
{
    int count = 0;
    return std::ranges::any_of(spans,
                               [&](const SpanPicture &span) { return shapes_.isNarrow(span.rect.width()) && ++count > fewNarrowSpans; });
}

// Else a row of pixels is of the rail in some of them, and not in others.
bool SpanRaster::haveRailsOfOneHeight(std::span<const SpanPicture> spans) const
{
    const auto [lowest, highest] = std::ranges::minmax_element(spans, {}, heightOf);
    return shapes_.railOf(heightOf(*lowest)) == shapes_.railOf(heightOf(*highest));
}

void SpanRaster::paintNarrow(const Pixels &pixels, std::span<const SpanPicture> spans) const
{
    const auto [lowest, highest] = std::ranges::minmax_element(spans, {}, heightOf);
    const QRect area(QPoint(spans.front().rect.left(), highest->rect.top()), QPoint(spans.back().rect.right(), highest->rect.bottom()));
    const int edge = (area.height() - heightOf(*lowest)) / 2; // that the lower ones leave free above and below
    const QRgb *const ground = pixels.at(area.left(), area.top());
    Rows inner(ground, area.width());
    Rows outer(ground, edge > 0 ? area.width() : 0);
    for (const SpanPicture &span : spans) {
        if (!shapes_.isNarrow(span.rect.width()))
            continue;
        fillRows(inner, area.left(), span);
        if (edge > 0 && span.rect.height() == area.height())
            fillRows(outer, area.left(), span);
    }
    const int rail = shapes_.railOf(area.height());
    const int line = shapes_.lineOf(rail);
    const int railTop = (area.height() - rail) / 2;
    const int lineTop = railTop + (rail - line) / 2;
    for (int y = 0; y < area.height(); ++y) {
        const bool isInLine = lineTop <= y && y < lineTop + line;
        const bool isInRail = railTop <= y && y < railTop + rail;
        const Rows &rows = y < edge || y >= area.height() - edge ? outer : inner;
        rows.copyTo(pixels.at(area.left(), area.top() + y), isInLine ? Rows::Line : isInRail ? Rows::Rail : Rows::Side);
    }
}

// The first pixel of the rows stands at `left`.
void SpanRaster::fillRows(Rows &rows, int left, const SpanPicture &span) const
{
    const int offset = span.rect.left() - left;
    const auto at = static_cast<std::size_t>(offset);
    const auto width = static_cast<std::size_t>(span.rect.width());
    if (span.state == State::Awaiting)
        rows.fill(at, width, colorOf(State::Awaiting), line_);
    else
        rows.fill(at, width, colorOf(span.colour()));
}

// What `hidden` will cover, if it covers the rows between the corners, may be left out.
void SpanRaster::fillRounded(const Pixels &pixels, const QRect &rect, int radius, QRgb color, const QRect &hidden) const
{
    const QRect middle = rect.adjusted(0, radius, 0, -radius);
    const bool isHidden = hidden.isValid() && hidden.top() <= middle.top() && middle.bottom() <= hidden.bottom();
    fillIfAny(pixels, isHidden ? middle & QRect(rect.topLeft(), QPoint(hidden.left() - 1, rect.bottom())) : middle, color);
    if (isHidden)
        fillIfAny(pixels, middle & QRect(QPoint(hidden.right() + 1, rect.top()), rect.bottomRight()), color);
    if (radius == 0)
        return;
    pixels.fill(QRect(rect.left() + radius, rect.top(), rect.width() - 2 * radius, radius), color);
    pixels.fill(QRect(rect.left() + radius, rect.bottom() + 1 - radius, rect.width() - 2 * radius, radius), color);
    blendCorner(pixels, rect.topLeft(), 1, 1, color);
    blendCorner(pixels, rect.topRight(), -1, 1, color);
    blendCorner(pixels, rect.bottomLeft(), 1, -1, color);
    blendCorner(pixels, rect.bottomRight(), -1, -1, color);
}

// From the outermost pixel inwards, `right` and `down` being 1 or -1.
void SpanRaster::blendCorner(const Pixels &pixels, QPoint corner, int right, int down, QRgb color) const
{
    const int radius = shapes_.radius();
    QRgb *row = pixels.at(corner.x(), corner.y());
    const QRgb ground = *row;
    auto blended = cornerOn(ground, color).begin();
    auto coverage = coverage_.begin();
    for (int y = 0; y < radius; ++y, row += down * pixels.stride()) {
        for (int x = 0; x < radius; ++x, ++blended, ++coverage) {
            QRgb &pixel = row[right * x];
            pixel = pixel == ground ? *blended : blend(color, pixel, *coverage);
        }
    }
}

const std::vector<QRgb> &SpanRaster::cornerOn(QRgb ground, QRgb color) const
{
    Corner &corner = corners_[(ground * 0x85EBCA6BU ^ color) * 0x9E3779B1U >> 26U];
    if (corner.ground != ground || corner.color != color || corner.pixels.empty()) {
        corner = {ground, color, {}};
        for (const quint32 coverage : coverage_)
            corner.pixels.push_back(blend(color, ground, coverage));
    }
    return corner.pixels;
}

void SpanRaster::fillTexture(const Pixels &pixels, const QRect &rect, State state) const
{
    const Texture &texture = textureOf(state);
    const int end = rect.right() + 1;
    for (int x = rect.left(); x < end;) {
        const int phase = (x % texture.period + texture.period) % texture.period; // the texture keeps its place when spans move
        const int width = std::min(end - x, texture.width - phase);
        for (int y = 0, row = 0; y < rect.height(); ++y) {
            const QRgb *const tile = texture.rows.data() + static_cast<std::ptrdiff_t>(row) * texture.width + phase;
            std::memcpy(pixels.at(x, rect.top() + y), tile, static_cast<std::size_t>(width) * sizeof(QRgb));
            row = row + 1 < texture.period ? row + 1 : 0;
        }
        x += width;
    }
}

const SpanRaster::Texture &SpanRaster::textureOf(State state) const
{
    Texture &texture = textures_[static_cast<std::size_t>(state)];
    if (texture.period > 0)
        return texture;
    const QImage tile = textureTile(theme_, state, scale_);
    texture.period = tile.width();
    texture.width = std::max(1, textureWidth / tile.width()) * tile.width();
    for (int y = 0; y < texture.period; ++y) {
        for (int x = 0; x < texture.width; ++x)
            texture.rows.push_back(tile.pixel(x % texture.period, y));
    }
    return texture;
}

} // namespace loopscope
