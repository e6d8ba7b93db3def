#pragma once

#include "ui/export/drawn_page.h"
#include "ui/export/picture.h"
#include "ui/export/picture_legend.h"
#include "ui/export/picture_overview.h"
#include "ui/export/picture_table.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/frame_painter.h"

#include <QSize>
#include <QString>

#include <array>
#include <vector>

namespace loopscope {

/// A picture of the timeline laid out on a page: a title, a line on the run, an overview if there shall be one, the timeline, the table of
/// the selected range if there is one, a legend, and a note where something is left out. All in device pixels. The trace must outlive it.
class PicturePage final : public DrawnPage {
public:
    /// `largest` is how wide or tall the page may be.
    PicturePage(const Trace &trace, const PictureOptions &options, int largest);

    [[nodiscard]] QSize size() const override { return size_; }
    [[nodiscard]] std::size_t laneCount() const override { return frame_.lanes.size(); }
    [[nodiscard]] const QString &title() const override { return title_; }
    /// A line a lane with its fact, and the colours of the states.
    [[nodiscard]] const QString &description() const override { return description_; }
    /// Also why its size is not that asked for.
    [[nodiscard]] const QString &note() const override { return note_; }
    void paint(QPainter &painter, Medium medium, PaintLimits limits = {}) const override;

private:
    void chooseScale(int largest);
    void chooseNameWidth(const Trace &trace);
    void layOutHead();
    void layOutOverview(const Trace &trace, const std::vector<Stall> &stalls);
    void layOutTable(const Trace &trace);
    void layOutTimeline(const Trace &trace, int largest);
    [[nodiscard]] TimelineFrame makeFrame(const Trace &trace, int height, int scroll,
                                          const std::array<QString, laneGroupCount> &summaries) const;
    [[nodiscard]] std::size_t lanesLeftOut(const Trace &trace) const;
    [[nodiscard]] std::optional<RowRange> rowsInView() const;
    [[nodiscard]] int wantedHeight(int around) const;
    [[nodiscard]] bool leavesOutLanes(const Trace &trace) const;
    /// What spans go without because they are too many for a file that consists of shapes; empty if that is nothing.
    [[nodiscard]] QString noteOnDetail() const;
    [[nodiscard]] QString noteOn(const Trace &trace) const;
    [[nodiscard]] QString noteOnSize(int height, int largest) const;
    [[nodiscard]] QString describe(const Trace &trace) const;

    PictureOptions options_;
    Theme theme_;
    TimelineFonts fonts_;
    QFont titleFont_;
    TimelineMetrics metrics_;
    LaneLayout layout_;
    QString title_;
    QString statusLine_;
    QString loopSummary_;
    std::vector<Stall> stalls_;
    QSize size_;
    PlacedText titleText_;
    PlacedText summary_;
    PlacedText placedNote_;
    QString note_;
    QString sizeNote_;
    QSize asked_; // device pixels; its height counts with ThoseThatFit alone
    QString description_;
    std::optional<PictureLegend> legend_; // placed from 0 down; legendTop_ is where it goes
    int legendTop_ = 0;
    int frameTop_ = 0;
    std::optional<PictureOverview> overview_;
    std::optional<PictureTable> table_; // placed from 0 down; tableTop_ is where it goes
    int tableTop_ = 0;
    TimelineFrame frame_;
};

} // namespace loopscope
