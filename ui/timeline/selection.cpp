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

} // namespace loopscope
