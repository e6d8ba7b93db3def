#include "core/trace/span_store.h"

#include <algorithm>
#include <cassert>

namespace loopscope {

namespace {

// Most lanes hold a handful of spans, a few hold millions: the first block is small, each further one twice as large up to the limit.
constexpr std::size_t smallestBlock = 8;
constexpr std::size_t largestBlock = 1024;

} // namespace

Span SpanStore::operator[](std::size_t i) const
{
    assert(i < size_);
    const auto after = std::ranges::upper_bound(blocks_, i, {}, &Block::firstIndex);
    const Block &block = *std::prev(after);
    return block.at(i - block.firstIndex);
}

void SpanStore::append(const Span &span)
{
    assert(span.begin <= span.end);
    assert(isEmpty() || blocks_.back().ends.back() <= span.begin);
    Block &block = blockWithRoom();
    block.begins.push_back(span.begin);
    block.ends.push_back(span.end);
    block.sites.push_back(span.site);
    block.peers.push_back(span.peer);
    block.states.push_back(span.state);
    block.times.add(span.state, span.length());
    ++size_;
}

SpanStore::Block &SpanStore::blockWithRoom()
{
    if (!blocks_.empty() && blocks_.back().size() < blocks_.back().begins.capacity())
        return blocks_.back();
    const std::size_t capacity = blocks_.empty() ? smallestBlock : std::min(largestBlock, blocks_.back().size() * 2);
    Block &block = blocks_.emplace_back();
    block.begins.reserve(capacity);
    block.ends.reserve(capacity);
    block.sites.reserve(capacity);
    block.peers.reserve(capacity);
    block.states.reserve(capacity);
    block.firstIndex = size_;
    return block;
}

std::size_t SpanStore::firstEndingAfter(Nanoseconds at) const
{
    const auto block = std::ranges::upper_bound(blocks_, at, {}, [](const Block &b) { return b.ends.back(); });
    if (block == blocks_.end())
        return size_;
    const auto span = std::ranges::upper_bound(block->ends, at);
    return block->firstIndex + static_cast<std::size_t>(span - block->ends.begin());
}

StateTimes SpanStore::timesIn(TimeRange range) const
{
    StateTimes times;
    if (range.isEmpty())
        return times;
    auto block = std::ranges::upper_bound(blocks_, range.begin, {}, [](const Block &b) { return b.ends.back(); });
    for (; block != blocks_.end() && block->begins.front() < range.end; ++block) {
        if (range.begin <= block->begins.front() && block->ends.back() <= range.end) {
            times += block->times;
            continue;
        }
        const auto first = std::ranges::upper_bound(block->ends, range.begin);
        for (auto i = static_cast<std::size_t>(first - block->ends.begin()); i < block->size() && block->begins[i] < range.end; ++i)
            times.add(block->states[i], TimeRange{block->begins[i], block->ends[i]}.intersected(range).length());
    }
    return times;
}

TimeRange SpanStore::extent() const
{
    return isEmpty() ? TimeRange{} : TimeRange{blocks_.front().begins.front(), blocks_.back().ends.back()};
}

std::size_t SpanStore::byteSize() const
{
    std::size_t bytes = blocks_.capacity() * sizeof(Block);
    constexpr std::size_t perSpan = 2 * sizeof(Nanoseconds) + sizeof(SiteId) + sizeof(LaneId) + sizeof(State);
    for (const Block &block : blocks_)
        bytes += block.begins.capacity() * perSpan;
    return bytes;
}

} // namespace loopscope
