#pragma once

#include "core/experiment/comparison.h"
#include "ui/theme/theme.h"
#include "ui/timeline/metrics.h"
#include "ui/timeline/placed_text.h"

#include <QLineF>
#include <QPolygonF>
#include <QRect>

#include <vector>

class QPainter;

namespace loopscope {

/// The wall time over the number of workers, a line a strategy, with the range at each point, and the line that it would be if twice the
/// workers took half the time. Strategies without a number of workers are level lines. Laid out in device pixels from (0, 0) down.
class SweepCurve {
public:
    /// Whether there is a strategy with several numbers of workers, so that there is a line to draw.
    [[nodiscard]] static bool isFor(const Comparison &comparison);

    SweepCurve(const Comparison &comparison, const TimelineMetrics &metrics, int width);

    [[nodiscard]] int height() const { return height_; }
    void paint(QPainter &painter, const Theme &theme, const TimelineFonts &fonts, double scale) const;

private:
    struct Line {
        SliceHue hue = 0;
        QPolygonF points;
        std::vector<QLineF> ranges;
        QPolygonF ideal;      ///< empty for a level line
        bool isLevel = false; ///< it is of a strategy to which workers make no difference
        PlacedText label;
        QLineF leader; ///< from the end of the line to its label
    };
    struct Axis {
        Nanoseconds most = 1;
        int leastWorkers = 1;
        int mostWorkers = 1;
    };

    void layOutAxes(const Comparison &comparison);
    void addTick(const QString &text, QPoint at, bool isLeftOfIt);
    void addLine(const std::vector<const CandidateResult *> &points, SliceHue hue);
    void placeLabels();
    [[nodiscard]] QPointF pointAt(double workers, Nanoseconds wall) const;

    const TimelineMetrics *metrics_; // while it is being laid out
    Axis axis_;
    QRect plot_;
    int height_ = 0;
    PlacedText title_;
    std::vector<PlacedText> ticks_;
    std::vector<QLineF> grid_;
    std::vector<Line> lines_;
};

} // namespace loopscope
