#include "ui/timeline/box_cache.h"

#include <QtGlobal>

#include <utility>

namespace loopscope {

void BoxCache::clear()
{
    asked_.clear();
    kept_.clear();
}

void BoxCache::beginFrame(const Trace &trace, const TimeScale &scale)
{
    kept_ = std::exchange(asked_, {});
    if (&trace != trace_ || trace.revision() != revision_ || scale != scale_)
        kept_.clear();
    trace_ = &trace;
    revision_ = trace.revision();
    scale_ = scale;
}

const std::vector<SpanBox> &BoxCache::boxesOf(LaneId lane, const ColumnEdges &edges)
{
    Q_ASSERT(edges.scale() == scale_);
    if (const auto known = asked_.find(lane); known != asked_.end())
        return known->second;
    if (auto kept = kept_.extract(lane))
        return asked_.insert(std::move(kept)).position->second;
    return asked_.emplace(lane, spanBoxes(*trace_, lane, edges).boxes).first->second;
}

} // namespace loopscope
