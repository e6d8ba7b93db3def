#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/pixels.h"
#include "ui/timeline/span_shape.h"

#include <QPoint>
#include <QRect>
#include <QRgb>

#include <array>
#include <span>
#include <vector>

namespace loopscope {

/// Paints spans by writing pixels. QPainter takes half a microsecond for each of the parts of a span, however small it is, which at ten
/// thousands of spans a frame is most of it. One thread at a time.
class SpanRaster {
public:
    /// `scale` is device pixels a logical one.
    SpanRaster(const Theme &theme, double scale, SpanShapes::Detail detail = SpanShapes::Detail::Full);

    /// Paints a span in a state, or a slice, into `rect`, of at least one pixel and within the area of `pixels`. What it leaves free stays
    /// as it is.
    void paint(const Pixels &pixels, const QRect &rect, SpanColour colour) const;
    /// Paints the spans of a lane, from left to right, which have a middle in common. The ground under them is the same in every row of
    /// pixels: narrow spans, if they are many, are a row of colours that is repeated downwards.
    void paint(const Pixels &pixels, std::span<const SpanPicture> spans) const;

private:
    class Rows;

    /// Rows of a texture's tile, each repeated so often that few spans are wider.
    struct Texture {
        int period = 0;
        int width = 0;
        std::vector<QRgb> rows; // `period` rows of `width` pixels
    };

    /// An upper left corner in a colour, on a ground.
    struct Corner {
        QRgb ground = 0;
        QRgb color = 0;
        std::vector<QRgb> pixels;
    };

    [[nodiscard]] QRgb colorOf(SpanColour colour) const;
    [[nodiscard]] bool hasManyNarrow(std::span<const SpanPicture> spans) const;
    [[nodiscard]] bool haveRailsOfOneHeight(std::span<const SpanPicture> spans) const;
    void paintNarrow(const Pixels &pixels, std::span<const SpanPicture> spans) const;
    void fillRows(Rows &rows, int left, const SpanPicture &span) const;
    void fillRounded(const Pixels &pixels, const QRect &rect, int radius, QRgb color, const QRect &hidden) const;
    void blendCorner(const Pixels &pixels, QPoint corner, int right, int down, QRgb color) const;
    [[nodiscard]] const std::vector<QRgb> &cornerOn(QRgb ground, QRgb color) const;
    void fillTexture(const Pixels &pixels, const QRect &rect, State state) const;
    [[nodiscard]] const Texture &textureOf(State state) const;

    Theme theme_;
    double scale_;
    SpanShapes shapes_;
    std::array<QRgb, stateCount> states_{};
    std::array<QRgb, stateCount> outlines_{};
    std::array<QRgb, sliceHueCount + 1> slices_{};
    QRgb line_;                                        // of awaiting
    std::vector<quint32> coverage_;                    // of each pixel of an upper left corner, of 255; row by row
    mutable std::array<Corner, 64> corners_;           // made when needed
    mutable std::array<Texture, stateCount> textures_; // made when needed
};

} // namespace loopscope
