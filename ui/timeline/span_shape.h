#pragma once

#include "core/trace/state.h"

#include <QRect>

#include <algorithm>

namespace loopscope {

/// What a span consists of, in the order in which it is drawn, in device pixels. Each part may be empty.
struct SpanShape {
    QRect bar;              ///< in the span's colour, or in that of its outline
    bool isOutline = false; ///< of the bar
    int radius = 0;         ///< of the bar's corners; 0 if they are square
    QRect face;             ///< over the bar: the span's colour and texture; not valid where the outline has taken all
    QRect line;             ///< over the bar: the line in the middle of awaiting
};

/// Decides what spans consist of: pixels and the areas of a file are made from the same shapes.
class SpanShapes {
public:
    /// Plain spans are all as narrow ones are: hue alone tells them apart.
    enum class Detail { Full, Plain };

    /// `scale` is device pixels a logical one.
    explicit SpanShapes(double scale, Detail detail = Detail::Full);

    /// `rect` has at least one pixel.
    [[nodiscard]] SpanShape shapeOf(const QRect &rect, State state) const;
    /// Whether a span so wide is a bar without texture, outline and rounded corners: of what is so narrow they could not be seen.
    [[nodiscard]] bool isNarrow(int width) const { return width < leastTexturedWidth_ || detail_ == Detail::Plain; }
    /// How high the bar of awaiting is in a span so high, and the line in its middle.
    [[nodiscard]] int railOf(int height) const { return std::min(rail_, height); }
    [[nodiscard]] int lineOf(int height) const { return std::min(line_, height); }
    /// Of the corners of bars that are large enough.
    [[nodiscard]] int radius() const { return radius_; }

private:
    [[nodiscard]] SpanShape awaiting(const QRect &rect) const;
    [[nodiscard]] SpanShape textured(const QRect &rect, State state) const;
    [[nodiscard]] int radiusOf(const QRect &bar) const;

    Detail detail_;
    // Device pixels.
    int radius_;
    int leastRoundedWidth_;
    int leastRoundedHeight_;
    int leastTexturedWidth_;
    int leastOutlinedWidth_;
    int outline_;
    int blockingOutline_;
    int rail_;
    int line_;
    int lineInset_;
};

} // namespace loopscope
