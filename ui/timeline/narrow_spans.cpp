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

// A row of pixels for each band.
class NarrowSpans::Rows {
public:
    explicit Rows(int width) { rows_.fill(std::vector<QRgb>(static_cast<std::size_t>(width))); }

    void fill(int at, int width, const Colours &colours)
    {
        for (int x = at; x < at + width; ++x) {
            for (std::size_t band = 0; band < bands; ++band)
                rows_[band][static_cast<std::size_t>(x)] = colours[band];
        }
    }
    void copyTo(uchar *line, Band band) const { std::memcpy(line, rows_[band].data(), rows_[band].size() * sizeof(QRgb)); }

private:
    std::array<std::vector<QRgb>, bands> rows_;
};

NarrowSpans::NarrowSpans(const Theme &theme, double scale, int width)
    : narrow_(width)
    , railHeight_(pixels(railHeight, scale))
    , lineHeight_(pixels(lineHeight, scale))
{
    for (std::size_t i = 0; i < stateCount; ++i)
        colours_[i].fill(theme.state(static_cast<State>(i)).rgb());
    for (SliceHue hue = 0; hue <= mixedSlices; ++hue)
        slices_[hue].fill(theme.slice(hue).rgb());
    colours_[static_cast<std::size_t>(State::Awaiting)] = {0, theme.state(State::Awaiting).rgb(), theme.textureOn(State::Awaiting).rgb()};
}

bool NarrowSpans::isDense(std::span<const SpanPicture> spans) const
{
    int count = 0;
    return std::ranges::any_of(spans, [&](const SpanPicture &span) { return isNarrow(span) && ++count > fewSpans; });
}

NarrowSpans::Band NarrowSpans::bandAt(int y, int height) const
{
    const int rail = std::min(railHeight_, height);
    const int inRail = y - (height - rail) / 2;
    if (inRail < 0 || inRail >= rail)
        return Side;
    const int inLine = inRail - (rail - lineHeight_) / 2;
    return inLine < 0 || inLine >= lineHeight_ ? Rail : Line;
}

void NarrowSpans::paint(QPainter &painter, std::span<const SpanPicture> spans) const
{
    const auto isOne = [this](const SpanPicture &span) { return isNarrow(span); };
    const int left = std::ranges::find_if(spans, isOne)->rect.left();
    const int width = std::find_if(spans.rbegin(), spans.rend(), isOne)->rect.right() + 1 - left;
    QRect tallest;
    int least = INT_MAX;
    for (const SpanPicture &span : spans) {
        if (!isNarrow(span))
            continue;
        if (span.rect.height() > tallest.height())
            tallest = span.rect;
        least = std::min(least, span.rect.height());
    }
    const int edge = (tallest.height() - least) / 2; // that sparse spans leave out above and below
    Rows inner(width);
    Rows outer(edge > 0 ? width : 0);
    for (const SpanPicture &span : spans) {
        if (!isNarrow(span))
            continue;
        const Colours &colours = span.state == State::Slice ? slices_[span.hue] : colours_[static_cast<std::size_t>(span.state)];
        const int at = span.rect.left() - left;
        inner.fill(at, span.rect.width(), colours);
        if (edge > 0 && span.rect.height() == tallest.height())
            outer.fill(at, span.rect.width(), colours);
    }
    QImage image(width, tallest.height(), QImage::Format_ARGB32_Premultiplied);
    for (int y = 0; y < image.height(); ++y) {
        const Rows &rows = y < edge || y >= image.height() - edge ? outer : inner;
        rows.copyTo(image.scanLine(y), bandAt(y, image.height()));
    }
    painter.drawImage(QPoint(left, tallest.top()), image);
}

} // namespace loopscope
