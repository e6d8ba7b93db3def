#include "ui/timeline/span_areas.h"

#include "ui/timeline/span_texture.h"

#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

// As Qt writes them.
constexpr std::size_t bytesAnArea = 50;
constexpr std::size_t bytesARoundedArea = 250;
constexpr std::size_t bytesALine = 26;

} // namespace

SpanAreas::SpanAreas(const Theme &theme, double scale, SpanShapes::Detail detail)
    : theme_(theme)
    , shapes_(scale, detail)
    , scale_(scale)
{
}

void SpanAreas::add(const QRect &rect, SpanColour colour)
{
    const SpanShape shape = shapes_.shapeOf(rect, colour.state);
    if (shape.bar.isValid())
        addBar(shape.bar, shape.radius, shape.isOutline ? theme_.outline(colour.state) : theme_.of(colour));
    if (shape.face.isValid()) {
        faces_.add(shape.face, theme_.state(colour.state));
        textures_[static_cast<std::size_t>(colour.state)].push_back(texturePath(shape.face, colour.state, scale_));
    }
    if (shape.line.isValid())
        lines_.add(shape.line, theme_.textureOn(colour.state));
}

std::size_t SpanAreas::bytesOf(const QRect &rect, SpanColour colour) const
{
    const SpanShape shape = shapes_.shapeOf(rect, colour.state);
    std::size_t bytes = shape.radius > 0 ? bytesARoundedArea : bytesAnArea;
    if (shape.face.isValid())
        bytes += bytesAnArea + textureLines(shape.face, colour.state, scale_) * bytesALine;
    return shape.line.isValid() ? bytes + bytesAnArea : bytes;
}

void SpanAreas::addBar(const QRect &bar, int radius, const QColor &color)
{
    if (radius == 0) {
        bars_.add(bar, color);
        return;
    }
    auto known = std::ranges::find_if(roundedBars_, [&](const RoundedBars &bars) { return bars.color == color && bars.radius == radius; });
    if (known == roundedBars_.end())
        known = roundedBars_.insert(known, {color, radius, {}});
    known->bars.push_back(bar);
}

void SpanAreas::paint(QPainter &painter) const
{
    bars_.paint(painter);
    paintRounded(painter);
    faces_.paint(painter);
    paintTextures(painter);
    lines_.paint(painter);
}

void SpanAreas::paintRounded(QPainter &painter) const
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const RoundedBars &rounded : roundedBars_) {
        painter.setBrush(rounded.color);
        for (const QRect &bar : rounded.bars)
            painter.drawRoundedRect(bar, rounded.radius, rounded.radius);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void SpanAreas::paintTextures(QPainter &painter) const
{
    painter.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < textures_.size(); ++i) {
        if (textures_[i].empty())
            continue;
        const auto state = static_cast<State>(i);
        painter.setPen(texturePen(state, theme_.textureOn(state), scale_));
        for (const QPainterPath &texture : textures_[i])
            painter.drawPath(texture);
    }
}

} // namespace loopscope
