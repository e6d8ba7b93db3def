#pragma once

#include "ui/timeline/frame.h"
#include "ui/timeline/span_painter.h"

#include <QRect>
#include <QString>

#include <memory>
#include <vector>

class QAbstractItemModel;
class QPainter;

namespace loopscope {

/// The table of what was measured in a range of time, laid out for a picture: in device pixels from (0, 0), all texts placed. Of a trace of
/// others it has the twelve names with most time.
class PictureTable {
public:
    /// Measures, which visits the spans in the range. `lane` is told apart, if there is one; columns that `width` has no room for are left
    /// out, the last ones first.
    PictureTable(const Trace &trace, TimeRange range, LaneId lane, const TimelineMetrics &metrics, int width);

    [[nodiscard]] int height() const { return height_; }
    void paint(QPainter &painter, const Theme &theme, const TimelineFonts &fonts, const SpanPainter &spans) const;

private:
    struct Swatch {
        QRect rect;
        SpanColour colour;
    };
    struct Line {
        PlacedText text;
        bool isMuted = false;
    };

    template <typename Model, typename Measurement>
    void layOut(Model &model, const std::shared_ptr<Measurement> &measured, const Trace &trace, int width);
    void addRows(const QAbstractItemModel &model, const std::vector<int> &rows, int left, int x, int right);
    int addColumns(const QAbstractItemModel &model, const std::vector<int> &rows, bool hasLane, int left, int right);
    void addColumn(const std::vector<QString> &texts, int left, int width, bool isRight);
    void addBars(const QList<double> &bars, const QRect &place, SpanColour colour);
    [[nodiscard]] int baseline(int row) const;

    const TimelineMetrics *metrics_; // while it is being laid out
    int rowHeight_ = 0;
    int height_ = 0;
    PlacedText title_;
    std::vector<Line> lines_;
    std::vector<Swatch> swatches_;
    std::vector<Swatch> bars_;
    QRect rule_; // over the last row
};

} // namespace loopscope
