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
constexpr int fewSpans = 24;

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
        slices_[hue].fill(theme.slice(hue).rgb());
    colours_[static_cast<std::size_t>(State::Awaiting)] = {0, 0, theme.state(State::Awaiting).rgb(),
                                                           theme.textureOn(State::Awaiting).rgb()};
}

bool NarrowSpans::isDense(std::span<const SpanPicture> spans) const
{
    int count = 0;
    return std::ranges::any_of(spans, [&](const SpanPicture &span) { return isNarrow(span) && ++count > fewSpans; });
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
    const auto isOne = [this](const SpanPicture &span) { return isNarrow(span); };
    const int left = std::ranges::find_if(spans, isOne)->rect.left();
    const int width = std::find_if(spans.rbegin(), spans.rend(), isOne)->rect.right() + 1 - left;
    std::array<std::vector<QRgb>, bands> rows;
    rows.fill(std::vector<QRgb>(static_cast<std::size_t>(width)));
    QRect tallest;
    int least = INT_MAX;
    for (const SpanPicture &span : spans) {
        if (!isNarrow(span))
            continue;
        const int height = span.rect.height();
        if (height > tallest.height())
            tallest = span.rect;
        least = std::min(least, height);
    }
    for (const SpanPicture &span : spans) {
        if (!isNarrow(span))
            continue;
        const Colours &colours = span.state == State::Slice ? slices_[span.hue] : colours_[static_cast<std::size_t>(span.state)];
        const auto begin = static_cast<std::size_t>(span.rect.left() - left);
        const std::size_t end = begin + static_cast<std::size_t>(span.rect.width());
        const bool isSparse = span.rect.height() < tallest.height();
        for (std::size_t x = begin; x < end; ++x) {
            rows[Edge][x] = isSparse ? 0 : colours[Edge];
            rows[Half][x] = colours[Half];
            rows[Rail][x] = colours[Rail];
            rows[Line][x] = colours[Line];
        }
    }
    QImage image(width, tallest.height(), QImage::Format_ARGB32_Premultiplied);
    const int edge = (tallest.height() - least) / 2;
    for (int y = 0; y < image.height(); ++y)
        std::memcpy(image.scanLine(y), rows[bandAt(y, image.height(), edge)].data(), rows[Edge].size() * sizeof(QRgb));
    painter.drawImage(QPoint(left, tallest.top()), image);
}

} // namespace loopscope
