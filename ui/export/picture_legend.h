#pragma once

#include "core/trace/trace.h"
#include "ui/theme/theme.h"
#include "ui/timeline/metrics.h"
#include "ui/timeline/placed_text.h"
#include "ui/timeline/span_painter.h"

#include <QRect>

#include <variant>
#include <vector>

class QPainter;

namespace loopscope {

/// What one colour or cap of a picture means.
struct LegendItem {
    std::variant<SpanColour, Outcome> sign;
    QString text;
};

/// What is to be explained of pictures of a trace.
[[nodiscard]] std::vector<LegendItem> legendOf(const Trace &trace);

/// A legend laid out for a picture, in rows: in device pixels from (0, 0) down.
class PictureLegend {
public:
    PictureLegend(const std::vector<LegendItem> &items, const TimelineMetrics &metrics, int width);

    [[nodiscard]] int height() const { return height_; }
    void paint(QPainter &painter, const Theme &theme, const TimelineFonts &fonts, const SpanPainter &spans) const;

private:
    struct Entry {
        QRect swatch;
        std::variant<SpanColour, Outcome> sign;
        PlacedText text;
    };

    std::vector<Entry> entries_;
    int height_ = 0;
};

} // namespace loopscope
