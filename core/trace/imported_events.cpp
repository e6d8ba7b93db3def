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

constexpr std::size_t fanOut = 64;

SampleExtent extentOfOne(const Sample &sample)
{
    return {sample.value, sample.value};
}

SampleExtent extentOfOne(const SampleExtent &extent)
{
    return extent;
}

SampleExtent together(const SampleExtent &a, const SampleExtent &b)
{
    return {std::min(a.least, b.least), std::max(a.most, b.most)};
}

// One for every `fanOut` of them, and for what is left.
template <typename T>
std::vector<SampleExtent> summarised(const std::vector<T> &level)
{
    std::vector<SampleExtent> above;
    above.reserve((level.size() + fanOut - 1) / fanOut);
    for (std::size_t i = 0; i < level.size(); ++i) {
        if (i % fanOut == 0)
            above.push_back(extentOfOne(level[i]));
        above.back() = together(above.back(), extentOfOne(level[i]));
    }
    return above;
}

} // namespace

std::span<const Instant> ImportedEvents::instants(LaneId lane) const
{
    return std::ranges::equal_range(instants_, lane, {}, &Instant::lane);
}

std::span<const Sample> ImportedEvents::samples(LaneId counter) const
{
    const auto found = series_.find(counter);
    return found == series_.end() ? std::span<const Sample>() : std::span<const Sample>(found->second.samples);
}

// Up the levels while whole groups are inside, each time leaving what sticks out at both ends.
SampleExtent ImportedEvents::extentOf(LaneId counter, std::size_t first, std::size_t last) const
{
    const Series &series = series_.at(counter);
    SampleExtent extent{series.samples[first].value, series.samples[first].value};
    const auto addOf = [&](const auto &level, std::size_t from, std::size_t to) {
        for (; from < to; ++from)
            extent = together(extent, extentOfOne(level[from]));
    };
    const auto climb = [&](const auto &level) {
        const std::size_t firstWhole = std::min(last, (first + fanOut - 1) / fanOut * fanOut);
        const std::size_t lastWhole = std::max(firstWhole, last / fanOut * fanOut);
        addOf(level, first, firstWhole);
        addOf(level, lastWhole, last);
        first = firstWhole / fanOut;
        last = lastWhole / fanOut;
    };
    if (series.levels.empty()) {
        addOf(series.samples, first, last);
        return extent;
    }
    climb(series.samples);
    for (std::size_t level = 0; level + 1 < series.levels.size(); ++level)
        climb(series.levels[level]);
    addOf(series.levels.back(), first, last);
    return extent;
}

std::size_t ImportedEvents::byteSize() const
{
    std::size_t bytes = instants_.capacity() * sizeof(Instant) + flows_.capacity() * sizeof(Flow);
    for (const auto &[counter, series] : series_) {
        bytes += sizeof(series) + series.samples.capacity() * sizeof(Sample);
        for (const auto &level : series.levels)
            bytes += level.capacity() * sizeof(SampleExtent);
    }
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
    Series &series = series_[counter];
    series.levels.clear();
    if (samples.size() > fanOut)
        series.levels.push_back(summarised<Sample>(samples));
    while (!series.levels.empty() && series.levels.back().size() > fanOut)
        series.levels.push_back(summarised<SampleExtent>(series.levels.back()));
    series.samples = std::move(samples);
}

} // namespace loopscope
