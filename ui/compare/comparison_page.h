#pragma once

#include "core/experiment/comparison.h"
#include "ui/compare/stacked_timelines.h"
#include "ui/compare/summary_table.h"
#include "ui/compare/sweep_curve.h"
#include "ui/export/drawn_page.h"
#include "ui/export/picture.h"
#include "ui/export/picture_legend.h"

#include <optional>

namespace loopscope {

/// How a comparison is drawn.
struct ComparisonLook {
    PictureOptions::Format format = PictureOptions::Format::Png;
    int width = 1440; ///< in logical pixels; the height is what is needed
    double scale = 1; ///< device pixels a logical one: of a PNG, or of the screen
    Theme theme = Theme::light();
    bool isWhole = true; ///< with title and table; else the curve and the timelines alone, for a window that has these beside it
};

/// A comparison laid out on a page: title and conditions, the table of its figures, the curve of a sweep, the timelines one below the
/// other, a legend, and notes. The traces must outlive the constructor only.
class ComparisonPage final : public DrawnPage {
public:
    ComparisonPage(const Comparison &comparison, const ComparisonLook &look);

    [[nodiscard]] QSize size() const override { return size_; }
    [[nodiscard]] std::size_t laneCount() const override { return timelines_->laneCount(); }
    [[nodiscard]] const QString &title() const override { return title_; }
    /// The table, in lines.
    [[nodiscard]] const QString &description() const override { return description_; }
    [[nodiscard]] const QString &note() const override { return note_; }
    void paint(QPainter &painter, Medium medium, PaintLimits limits = {}) const override;

    /// The candidate whose timeline covers `y`; nothing if none does.
    [[nodiscard]] std::optional<std::size_t> candidateAt(int y) const { return timelines_->candidateAt(y - timelinesTop_); }

private:
    void layOutHead(const Comparison &comparison, int &y);
    void layOutNotes(const Comparison &comparison, int &y);

    ComparisonLook look_;
    TimelineFonts fonts_;
    QFont titleFont_;
    TimelineMetrics metrics_;
    QSize size_;
    QString title_;
    QString description_;
    QString note_;
    PlacedText titleText_;
    PlacedText conditions_;
    std::optional<SummaryTable> table_; // each placed from 0 down, and drawn from its top
    int tableTop_ = 0;
    std::optional<SweepCurve> curve_;
    int curveTop_ = 0;
    std::optional<StackedTimelines> timelines_;
    int timelinesTop_ = 0;
    std::optional<PictureLegend> legend_;
    int legendTop_ = 0;
    std::vector<PlacedText> notes_;
};

/// The picture of a comparison.
[[nodiscard]] Picture comparisonPicture(const Comparison &comparison, const ComparisonLook &look);

} // namespace loopscope
