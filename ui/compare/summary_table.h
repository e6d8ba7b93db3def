#pragma once

#include "core/experiment/comparison.h"
#include "ui/theme/theme.h"
#include "ui/timeline/metrics.h"
#include "ui/timeline/placed_text.h"

#include <QRect>

#include <vector>

class QPainter;

namespace loopscope {

/// The figures of a comparison as a table, a row a candidate, with a bar for the wall time and a line for its range: laid out in device
/// pixels from (0, 0) down. Columns that there is no room for are left out, the last ones first.
class SummaryTable {
public:
    SummaryTable(const Comparison &comparison, const TimelineMetrics &metrics, int width);

    [[nodiscard]] int height() const { return height_; }
    void paint(QPainter &painter, const Theme &theme, const TimelineFonts &fonts) const;

private:
    struct Cell {
        PlacedText text;
        bool isMuted = false;
    };
    struct Bar {
        QRect median;
        QRect range; ///< the line from the least to the most
    };

    int addColumn(const std::vector<QString> &texts, int left, bool isRight);
    void addBars(const Comparison &comparison, int left, int right);
    [[nodiscard]] int baseline(int row) const;

    const TimelineMetrics *metrics_; // while it is being laid out
    int rowHeight_ = 0;
    int height_ = 0;
    std::vector<Cell> cells_;
    std::vector<Bar> bars_;
    QRect rule_;
};

} // namespace loopscope
