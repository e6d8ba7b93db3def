#include "core/trace/imported_events.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

std::pair<LaneId, Nanoseconds> placeOf(const Instant &instant)
{
    return {instant.lane, instant.at};
}

// As a rule it is in order, and sorting takes memory.
template <typename T, typename Projection>
void putInOrder(std::vector<T> &list, Projection projection)
{
    if (!std::ranges::is_sorted(list, {}, projection))
        std::ranges::stable_sort(list, {}, projection);
}

} // namespace

std::span<const Instant> ImportedEvents::instants(LaneId lane) const
{
    return std::ranges::equal_range(instants_, lane, {}, &Instant::lane);
}

std::span<const Sample> ImportedEvents::samples(LaneId counter) const
{
    const auto found = samples_.find(counter);
    return found == samples_.end() ? std::span<const Sample>() : std::span<const Sample>(found->second);
}

std::size_t ImportedEvents::byteSize() const
{
    std::size_t bytes = instants_.capacity() * sizeof(Instant) + flows_.capacity() * sizeof(Flow);
    for (const auto &[counter, samples] : samples_)
        bytes += sizeof(samples) + samples.capacity() * sizeof(Sample);
    return bytes;
}

void ImportedEvents::setInstants(std::vector<Instant> instants)
{
    instants_ = std::move(instants);
    putInOrder(instants_, placeOf);
}

void ImportedEvents::setFlows(std::vector<Flow> flows)
{
    flows_ = std::move(flows);
    putInOrder(flows_, &Flow::sent);
}

void ImportedEvents::setSamples(LaneId counter, std::vector<Sample> samples)
{
    putInOrder(samples, &Sample::at);
    samples_[counter] = std::move(samples);
}

} // namespace loopscope
