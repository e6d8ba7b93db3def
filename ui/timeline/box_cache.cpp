#include "ui/timeline/box_cache.h"

#include <utility>

namespace loopscope {

void BoxCache::clear()
{
    asked_.clear();
    kept_.clear();
}

void BoxCache::beginFrame(const TimeScale &scale)
{
    kept_ = std::exchange(asked_, {});
    if (scale_ != scale)
        kept_.clear();
    scale_ = scale;
}

const std::vector<SpanBox> &BoxCache::boxesOf(const Trace &trace, LaneId lane, const ColumnEdges &edges)
{
    if (const auto known = asked_.find(lane); known != asked_.end())
        return known->second;
    if (auto kept = kept_.extract(lane))
        return asked_.insert(std::move(kept)).position->second;
    return asked_.emplace(lane, spanBoxes(trace, lane, edges).boxes).first->second;
}

} // namespace loopscope
