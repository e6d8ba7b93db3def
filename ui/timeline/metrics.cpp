#include "ui/timeline/metrics.h"

#include <QCache>
#include <QFontInfo>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr QChar ellipsis(0x2026);
// Texts come from strangers: none is measured, shaped or drawn beyond what the widest screen shows.
constexpr qsizetype longestShown = 2000;
constexpr int rememberedWidths = 20'000;

// Shaping a text costs microseconds, and the same hundred texts are measured in every frame.
TextWidth rememberingWidth(const QFont &font)
{
    auto widths = std::make_shared<QCache<QString, int>>(rememberedWidths);
    return [metrics = QFontMetricsF(font), widths](const QString &text) {
        if (const int *known = widths->object(text))
            return *known;
        const int width = static_cast<int>(std::ceil(metrics.horizontalAdvance(text.left(longestShown))));
        widths->insert(text, new int(width));
        return width;
    };
}

int baselineBelowMiddle(const QFont &font)
{
    const QFontMetricsF metrics(font);
    // Capitals look centred, not the box with its room for descenders.
    return static_cast<int>(std::lround(metrics.capHeight() / 2));
}

double fontHeight(const QFont &font)
{
    return QFontMetricsF(font).height();
}

QFont withPixels(QFont font, double pixels, int weight)
{
    font.setPixelSize(std::max(1, static_cast<int>(std::lround(pixels))));
    font.setWeight(QFont::Weight(weight));
    return font;
}

// `shorten(n)` keeps n characters; the most that fit.
template <typename Shorten>
QString longestFitting(const QString &text, int width, const TextWidth &textWidth, Shorten shorten)
{
    qsizetype fits = 0;
    qsizetype tooMany = std::min(text.size(), longestShown);
    while (fits + 1 < tooMany) {
        const qsizetype middle = (fits + tooMany) / 2;
        (textWidth(shorten(middle)) <= width ? fits : tooMany) = middle;
    }
    return fits > 0 && textWidth(shorten(fits)) <= width ? shorten(fits) : QString();
}

// A cut between the two halves of a surrogate pair would show a broken character.
qsizetype wholeCharacters(const QString &text, qsizetype count)
{
    return count > 0 && text.at(count - 1).isHighSurrogate() ? count - 1 : count;
}

} // namespace

int TimelineMetrics::px(double logical) const
{
    const int pixels = static_cast<int>(std::lround(logical * scale));
    return logical > 0 ? std::max(1, pixels) : pixels;
}

TimelineFonts timelineFonts(const QFont &base, double scale, Density density)
{
    const double pixels = QFontInfo(base).pixelSize() * scale;
    const double shrink = density == Density::Dense ? 0.8 : density == Density::Compact ? 0.92 : 1;
    return {withPixels(base, pixels * shrink, QFont::Normal), withPixels(base, pixels * std::max(shrink, 0.92), QFont::DemiBold),
            withPixels(base, pixels * 0.9 * shrink, QFont::Normal)};
}

TimelineMetrics timelineMetrics(const TimelineFonts &fonts, double scale, Density density)
{
    TimelineMetrics metrics;
    metrics.scale = scale;
    const auto atLeast = [&](double logical, double pixels) { return std::max(metrics.px(logical), static_cast<int>(std::ceil(pixels))); };
    const double body = fontHeight(fonts.body);
    switch (density) {
    case Density::Comfortable:
        metrics.rows.lane = atLeast(26, body + metrics.px(6));
        metrics.spanInset = metrics.px(4);
        break;
    case Density::Compact:
        metrics.rows.lane = atLeast(20, body + metrics.px(2));
        metrics.spanInset = metrics.px(3);
        break;
    case Density::Dense:
        metrics.rows.lane = atLeast(14, body);
        metrics.spanInset = metrics.px(2);
        break;
    }
    metrics.rows.nested = metrics.rows.lane - 2 * metrics.spanInset + metrics.px(1);
    metrics.rows.lift = metrics.spanInset - metrics.px(1);
    metrics.rows.group = atLeast(24, fontHeight(fonts.strong) + metrics.px(4));
    metrics.rulerHeight = atLeast(26, fontHeight(fonts.small) + metrics.px(8));
    metrics.nameWidth = atLeast(216, QFontMetricsF(fonts.body).averageCharWidth() * 26);
    metrics.gap = metrics.px(1);
    metrics.radius = metrics.px(2);
    metrics.padding = metrics.px(12);
    metrics.capSize = std::min(metrics.px(8), metrics.rows.lane - 2 * metrics.spanInset);
    metrics.hasSpanText = density != Density::Dense;
    metrics.bodyBaseline = baselineBelowMiddle(fonts.body);
    metrics.smallBaseline = baselineBelowMiddle(fonts.small);
    metrics.bodyWidth = rememberingWidth(fonts.body);
    metrics.strongWidth = rememberingWidth(fonts.strong);
    metrics.smallWidth = rememberingWidth(fonts.small);
    return metrics;
}

QString elidedRight(const QString &text, int width, const TextWidth &textWidth)
{
    if (text.size() <= longestShown && textWidth(text) <= width)
        return text;
    return longestFitting(text, width, textWidth, [&](qsizetype n) { return text.left(wholeCharacters(text, n)) + ellipsis; });
}

QString elidedMiddle(const QString &text, int width, const TextWidth &textWidth)
{
    if (text.size() <= longestShown && textWidth(text) <= width)
        return text;
    return longestFitting(text, width, textWidth, [&](qsizetype n) {
        const qsizetype tail = n / 2;
        const qsizetype cut = text.size() - tail;
        const bool splitsPair = tail > 0 && text.at(cut).isLowSurrogate();
        return text.left(wholeCharacters(text, n - tail)) + ellipsis + text.mid(splitsPair ? cut + 1 : cut);
    });
}

} // namespace loopscope
