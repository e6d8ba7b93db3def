#include "core/formats/lane_names.h"

namespace loopscope {

LaneNames::LaneNames(const Trace &trace)
    : trace_(trace)
{
    for (LaneId lane = 0; lane < trace.laneCount(); ++lane) {
        if (trace.lane(lane).kind != LaneKind::Row)
            ++counts_[nameOf(lane)];
    }
}

std::string LaneNames::operator[](LaneId lane) const
{
    std::string name = nameOf(lane);
    const auto known = counts_.find(name);
    if (known == counts_.end() || known->second < 2)
        return name;
    return name + " (#" + std::to_string(lane) + ')';
}

std::string LaneNames::nameOf(LaneId lane) const
{
    std::string name(trace_.nameOf(lane));
    if (trace_.lane(lane).kind == LaneKind::Worker)
        return name + ' ' + std::to_string(trace_.lane(lane).number());
    const LaneId process = trace_.processOf(lane);
    return process == noLane || process == lane ? name : std::string(trace_.nameOf(process)) + " / " + name;
}

} // namespace loopscope
