#pragma once

#include "ui/export/picture.h"
#include "ui/timeline/overview_painter.h"

#include <span>
#include <vector>

class QPainter;

namespace loopscope {

/// The whole run at a glance, laid out for a picture, with the part that the picture shows.
class PictureOverview {
public:
    /// Of `density`, which is done. `shown` is what of it the picture shows, `instant` that of a replay. In device pixels; `least` is one
    /// logical pixel.
    PictureOverview(const Trace &trace, const StateDensity &density, const std::vector<Stall> &stalls, const PictureOptions &options,
                    TimeRange shown, const QRect &rect, int least);

    void paint(QPainter &painter, const Theme &theme, double scale, Medium medium) const;

private:
    OverviewPicture picture_;
    OverviewWindow window_;
    std::vector<int> marks_; // columns
};

/// Counts what an overview of a trace shows, which visits the spans of all tasks: in a thousand columns at most, so that as lines and areas
/// it stays small.
[[nodiscard]] StateDensity countedOverview(const Trace &trace, int width);

} // namespace loopscope
