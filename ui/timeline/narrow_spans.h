#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/frame.h"

#include <QRgb>

#include <array>
#include <span>

class QPainter;

namespace loopscope {

/// Paints the spans of a dense lane that are too narrow for a second cue: as pixels, a row of colours that is repeated downwards. A
/// rectangle of a pixel's width costs a hundred times what a pixel does, and in a file a hundred times its bytes. Hue alone tells these
/// spans apart; awaiting keeps its thin line, and what is sparse its half height. Zooming in makes them wide.
class NarrowSpans {
public:
    /// What is less than `width` wide is narrow. `scale` is device pixels a logical one, as of SpanPainter.
    NarrowSpans(const Theme &theme, double scale, int width);

    [[nodiscard]] bool isNarrow(const SpanPicture &span) const { return span.rect.width() < narrow_; }
    /// Whether a lane has so many narrow spans that they are worth it.
    [[nodiscard]] bool isDense(std::span<const SpanPicture> spans) const;
    /// Paints the narrow ones of a lane's spans, at least one, and leaves the others out.
    void paint(QPainter &painter, std::span<const SpanPicture> spans) const;

private:
    /// What a column of pixels consists of, from the outside to the middle.
    enum Band : std::size_t { Side, Rail, Line };
    static constexpr std::size_t bands = 3;
    using Colours = std::array<QRgb, bands>; // premultiplied; transparent where the ground shows

    class Rows;

    [[nodiscard]] Band bandAt(int y, int height) const;

    int narrow_;
    int railHeight_; // of awaiting, as SpanPainter has it
    int lineHeight_;
    std::array<Colours, stateCount> colours_{};
    std::array<Colours, sliceHueCount + 1> slices_{};
};

} // namespace loopscope
