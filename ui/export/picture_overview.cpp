#include "ui/export/picture_overview.h"

#include "ui/timeline/coordinates.h"

#include <QPainter>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int mostColumns = 1000;

} // namespace

StateDensity countedOverview(const Trace &trace, int width)
{
    StateDensity density = overviewDensity(trace, std::clamp(width, 1, mostColumns));
    while (!density.advance(trace, SIZE_MAX)) { }
    return density;
}

PictureOverview::PictureOverview(const Trace &trace, const StateDensity &density, const std::vector<Stall> &stalls,
                                 const PictureOptions &options, TimeRange shown, const QRect &rect, int least)
    : picture_(overviewPicture(density, stalls, rect, least, overviewHeight(trace)))
{
    const TimeRange whole = density.range();
    const TimeScale scale{whole, std::max(1, rect.width())};
    marks_ = markColumns(options.marks, whole, scale.columns);
    const int left = std::clamp(nearestEdge(scale, shown.begin), 0, rect.width() - 1);
    const int right = std::clamp(nearestEdge(scale, shown.end), left + 1, std::max(left + 1, rect.width()));
    window_.rect = QRect(rect.left() + left, rect.top(), right - left, rect.height());
    if (options.replayInstant)
        window_.instant = rect.left() + std::clamp(nearestEdge(scale, *options.replayInstant), 0, rect.width() - 1);
}

void PictureOverview::paint(QPainter &painter, const Theme &theme, double scale, Medium medium) const
{
    const OverviewPainter overview(theme, scale, medium);
    overview.paint(painter, picture_);
    if (window_.rect != picture_.rect || window_.instant) // where all is shown there is nothing to tell
        overview.paintWindow(painter, picture_.rect, window_);
    overview.paintMarks(painter, picture_.rect, marks_);
}

} // namespace loopscope
