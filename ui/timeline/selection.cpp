#include "ui/timeline/selection.h"

namespace loopscope {

void Selection::select(LaneId lane, std::optional<std::size_t> span)
{
    if (lane == noLane)
        span.reset();
    if (lane == lane_ && span == span_ && !instant_)
        return;
    lane_ = lane;
    span_ = span;
    instant_.reset();
    Q_EMIT changed();
}

void Selection::selectInstant(LaneId lane, std::size_t instant)
{
    if (lane == lane_ && instant == instant_)
        return;
    lane_ = lane;
    span_.reset();
    instant_ = instant;
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
