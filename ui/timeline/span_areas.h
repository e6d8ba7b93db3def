#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/area_sheet.h"
#include "ui/timeline/span_shape.h"

#include <QColor>
#include <QPainterPath>
#include <QRect>

#include <array>
#include <vector>

class QPainter;

namespace loopscope {

/// Spans of a picture for a file, of which none lies over another: drawn part by part, not span by span, so that the file need not tell a
/// colour again for each part.
class SpanAreas {
public:
    /// The theme has to outlive it; `scale` is device pixels a logical one.
    SpanAreas(const Theme &theme, double scale, SpanShapes::Detail detail);

    /// Adds a span of at least one pixel.
    void add(const QRect &rect, SpanColour colour);
    /// How many bytes of an SVG a span takes, about.
    [[nodiscard]] std::size_t bytesOf(const QRect &rect, SpanColour colour) const;
    void paint(QPainter &painter) const;

private:
    struct RoundedBars {
        QColor color;
        int radius = 0;
        std::vector<QRect> bars;
    };

    void addBar(const QRect &bar, int radius, const QColor &color);
    void paintRounded(QPainter &painter) const;
    void paintTextures(QPainter &painter) const;

    const Theme &theme_;
    SpanShapes shapes_;
    double scale_;
    AreaSheet bars_;
    std::vector<RoundedBars> roundedBars_; // by colour and radius, a dozen at most
    AreaSheet faces_;
    std::array<std::vector<QPainterPath>, stateCount> textures_;
    AreaSheet lines_;
};

} // namespace loopscope
