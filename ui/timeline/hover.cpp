#include "ui/timeline/hover.h"

namespace loopscope {

void Hover::setLane(LaneId lane)
{
    if (lane == lane_)
        return;
    lane_ = lane;
    Q_EMIT changed();
}

} // namespace loopscope
