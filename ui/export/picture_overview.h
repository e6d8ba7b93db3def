#pragma once

#include "ui/timeline/overview_painter.h"

#include <span>
#include <vector>

class QPainter;

namespace loopscope {

/// The whole run at a glance, laid out for a picture, with the part that the picture shows.
class PictureOverview {
public:
    /// Counts, which visits the spans of all tasks. In device pixels; `least` is one logical pixel. It has a thousand columns at most, so
    /// that as lines and areas it stays small.
    PictureOverview(const Trace &trace, const std::vector<Stall> &stalls, std::span<const Mark> marks, TimeRange shown, const QRect &rect,
                    int least);

    void paint(QPainter &painter, const Theme &theme, double scale, Medium medium) const;

private:
    OverviewPicture picture_;
    OverviewWindow window_;
    std::vector<int> marks_; // columns
};

} // namespace loopscope
