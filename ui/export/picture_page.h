#pragma once

#include "ui/export/picture.h"
#include "ui/timeline/frame.h"
#include "ui/timeline/frame_painter.h"

#include <QSize>
#include <QString>

#include <vector>

class QPainter;

namespace loopscope {

/// A picture of the timeline laid out on a page: a title, a line on the run, the timeline, a legend, and a note where something is left
/// out. All in device pixels. The trace must outlive it.
class PicturePage {
public:
    /// `largest` is how wide or tall the page may be.
    PicturePage(const Trace &trace, const PictureOptions &options, int largest);

    [[nodiscard]] QSize size() const { return size_; }
    [[nodiscard]] const QString &title() const { return title_; }
    /// What the picture shows, for those who cannot see it: a line a lane with its fact, and the colours of the states.
    [[nodiscard]] QString description() const;
    void paint(QPainter &painter, Medium medium) const;

private:
    struct LegendEntry {
        QRect swatch;
        std::optional<State> state; ///< else an outcome
        Outcome outcome = Outcome::Unfinished;
        PlacedText text;
    };

    void chooseScale(int largest);
    void chooseNameWidth();
    void layOutHead();
    void layOutLegend();
    void layOutTimeline(int largest);
    [[nodiscard]] TimelineFrame makeFrame(int width, int height, int scroll) const;
    [[nodiscard]] std::size_t lanesLeftOut() const;
    [[nodiscard]] int scrollOf(const LaneLayout &layout) const;

    const Trace &trace_;
    PictureOptions options_;
    Theme theme_;
    TimelineFonts fonts_;
    QFont titleFont_;
    TimelineMetrics metrics_;
    LaneLayout layout_;
    QString title_;
    QSize size_;
    PlacedText titleText_;
    PlacedText summary_;
    PlacedText note_;
    QString scaleNote_;
    std::vector<LegendEntry> legend_; // placed from 0 down; legendTop_ is where it goes
    int legendTop_ = 0;
    int legendHeight_ = 0;
    int frameTop_ = 0;
    TimelineFrame frame_;
};

} // namespace loopscope
