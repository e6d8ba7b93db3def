#include "ui/timeline/narrow_spans.h"

#include <QImage>
#include <QPainter>

#include <algorithm>
#include <climits>
#include <cmath>
#include <cstring>
#include <vector>

namespace loopscope {

namespace {

// Logical pixels.
constexpr double railHeight = 6;
constexpr double lineHeight = 2;
// An image costs as much as so many rectangles.
constexpr std::ptrdiff_t fewSpans = 24;

int pixels(double logical, double scale)
{
    return std::max(1, static_cast<int>(std::lround(logical * scale)));
}

} // namespace

NarrowSpans::NarrowSpans(const Theme &theme, double scale, int width)
    : narrow_(width)
    , railHeight_(pixels(railHeight, scale))
    , lineHeight_(pixels(lineHeight, scale))
{
    for (std::size_t i = 0; i < stateCount; ++i)
        colours_[i].fill(theme.state(static_cast<State>(i)).rgb());
    for (SliceHue hue = 0; hue <= mixedSlices; ++hue)
        slices_[hue] = theme.slice(hue).rgb();
    colours_[static_cast<std::size_t>(State::Awaiting)] = {0, 0, theme.state(State::Awaiting).rgb(),
                                                           theme.textureOn(State::Awaiting).rgb()};
}

bool NarrowSpans::isDense(std::span<const SpanPicture> spans) const
{
    return std::ranges::count_if(spans, [this](const SpanPicture &span) { return isNarrow(span); }) > fewSpans;
}

NarrowSpans::Band NarrowSpans::bandAt(int y, int height, int edge) const
{
    if (y < edge || y >= height - edge)
        return Edge;
    const int rail = std::min(railHeight_, height);
    const int inRail = y - (height - rail) / 2;
    if (inRail < 0 || inRail >= rail)
        return Half;
    const int inLine = inRail - (rail - lineHeight_) / 2;
    return inLine < 0 || inLine >= lineHeight_ ? Rail : Line;
}

void NarrowSpans::paint(QPainter &painter, std::span<const SpanPicture> spans) const
{
    QRect place;
    int least = INT_MAX;
    for (const SpanPicture &span : spans) {
        if (!isNarrow(span))
            continue;
        place |= span.rect;
        least = std::min(least, span.rect.height());
    }
    std::array<std::vector<QRgb>, bands> rows;
    rows.fill(std::vector<QRgb>(static_cast<std::size_t>(place.width())));
    for (const SpanPicture &span : spans) {
        if (!isNarrow(span))
            continue;
        for (std::size_t band = span.rect.height() < place.height() ? Half : Edge; band < bands; ++band)
            std::fill_n(rows[band].begin() + (span.rect.left() - place.left()), span.rect.width(),
                        span.state == State::Slice ? slices_[span.hue] : colours_[static_cast<std::size_t>(span.state)][band]);
    }
    QImage image(place.size(), QImage::Format_ARGB32_Premultiplied);
    const int edge = (place.height() - least) / 2;
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(image.scanLine(y), rows[bandAt(y, image.height(), edge)].data(), rows[Edge].size() * sizeof(QRgb));
    painter.drawImage(place.topLeft(), image);
}

} // namespace loopscope
