#include "ui/timeline/label_cache.h"

#include <utility>

namespace loopscope {

void LabelCache::clear()
{
    kept_.clear();
    known_.clear();
}

void LabelCache::beginFrame(const Trace &trace)
{
    std::swap(known_, kept_);
    kept_.clear();
    if (&trace != trace_ || trace.revision() != revision_)
        known_.clear();
    trace_ = &trace;
    revision_ = trace.revision();
}

LabelCache::Lane LabelCache::lane(LaneId lane)
{
    auto known = known_.extract(lane);
    return {known ? std::move(known.mapped()) : std::vector<Label>(), kept_[lane]};
}

} // namespace loopscope
