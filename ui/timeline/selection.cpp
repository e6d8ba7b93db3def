#include "ui/timeline/selection.h"

namespace loopscope {

void Selection::select(LaneId lane, std::optional<std::size_t> span)
{
    if (lane == noLane)
        span.reset();
    if (lane == lane_ && span == span_)
        return;
    lane_ = lane;
    span_ = span;
    Q_EMIT changed();
}

void Selection::selectRange(std::optional<TimeRange> range)
{
    if (range && range->isEmpty())
        range.reset();
    if (range == range_)
        return;
    range_ = range;
    Q_EMIT rangeChanged();
}

void Selection::clear()
{
    select(noLane);
    selectRange(std::nullopt);
}

} // namespace loopscope
