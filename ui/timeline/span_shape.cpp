#include "ui/timeline/span_shape.h"

#include "ui/timeline/span_texture.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

SpanShapes::SpanShapes(double scale, Detail detail)
    : detail_(detail)
{
    const auto px = [scale](double logical) { return std::max(1, static_cast<int>(std::lround(logical * scale))); };
    radius_ = px(2);
    leastRoundedWidth_ = px(8);
    leastRoundedHeight_ = px(6);
    leastTexturedWidth_ = px(4);
    leastOutlinedWidth_ = px(8);
    outline_ = px(1);
    blockingOutline_ = px(2);
    rail_ = px(6);
    line_ = px(2);
    lineInset_ = px(2);
}

SpanShape SpanShapes::shapeOf(const QRect &rect, State state) const
{
    if (state == State::Awaiting)
        return awaiting(rect);
    if (isTextured(state) && !isNarrow(rect.width()))
        return textured(rect, state);
    return {.bar = rect, .isOutline = false, .radius = radiusOf(rect), .face = {}, .line = {}};
}

SpanShape SpanShapes::awaiting(const QRect &rect) const
{
    const int rail = railOf(rect.height());
    const int top = rect.top() + (rect.height() - rail) / 2;
    const QRect bar(rect.left(), top, rect.width(), rail);
    const int inset = detail_ == Detail::Full && rect.width() > leastRoundedWidth_ ? lineInset_ : 0;
    return {.bar = bar,
            .isOutline = false,
            .radius = radiusOf(bar),
            .face = {},
            .line = QRect(rect.left() + inset, top + (rail - lineOf(rail)) / 2, rect.width() - 2 * inset, lineOf(rail))};
}

SpanShape SpanShapes::textured(const QRect &rect, State state) const
{
    if (rect.width() < leastOutlinedWidth_)
        return {.bar = {}, .isOutline = false, .radius = 0, .face = rect, .line = {}};
    const int edge = state == State::Blocking ? blockingOutline_ : outline_;
    return {.bar = rect, .isOutline = true, .radius = radiusOf(rect), .face = rect.adjusted(edge, edge, -edge, -edge), .line = {}};
}

int SpanShapes::radiusOf(const QRect &bar) const
{
    const bool isRounded = detail_ == Detail::Full && bar.width() >= leastRoundedWidth_ && bar.height() >= leastRoundedHeight_;
    return isRounded ? radius_ : 0;
}

} // namespace loopscope
