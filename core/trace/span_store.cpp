#include "core/trace/span_store.h"

#include <algorithm>
#include <cassert>

namespace loopscope {

namespace {

// Most lanes hold a handful of spans, a few hold millions: the first block takes the nine of a small file, each further one is twice as
// large up to the limit.
constexpr std::uint32_t smallestBlock = 9;
constexpr std::uint32_t largestBlock = 1024;

} // namespace

Span SpanStore::operator[](std::size_t i) const
{
    assert(i < size_);
    const auto after = std::ranges::upper_bound(blocks_, i, {}, &Block::firstIndex);
    const Block &block = *std::prev(after);
    return block.records[i - block.firstIndex].span();
}

void SpanStore::append(const Span &span)
{
    assert(span.begin <= span.end);
    assert(isEmpty() || end() <= span.begin);
    assert(span.site <= largestSiteId);
    Block &block = blockWithRoom();
    block.records[block.size++] = {span.begin, span.end, span.peer, span.site << 8U | static_cast<std::uint32_t>(span.state)};
    block.times.add(span.state, span.length());
    ++size_;
}

SpanStore::Block &SpanStore::blockWithRoom()
{
    if (!blocks_.empty() && blocks_.back().size < blocks_.back().capacity)
        return blocks_.back();
    const std::uint32_t capacity = blocks_.empty() ? smallestBlock : std::min(largestBlock, blocks_.back().capacity * 2);
    Block &block = blocks_.emplace_back();
    block.records = std::make_unique_for_overwrite<Record[]>(capacity);
    block.capacity = capacity;
    block.firstIndex = size_;
    return block;
}

std::vector<SpanStore::Block>::const_iterator SpanStore::firstBlockEndingAfter(Nanoseconds at) const
{
    return std::ranges::upper_bound(blocks_, at, {}, [](const Block &block) { return block.last().end; });
}

std::size_t SpanStore::firstEndingAfter(Nanoseconds at) const
{
    const auto block = firstBlockEndingAfter(at);
    if (block == blocks_.end())
        return size_;
    const Record *span = std::ranges::upper_bound(*block, at, {}, &Record::end);
    return block->firstIndex + static_cast<std::size_t>(span - block->begin());
}

StateTimes SpanStore::timesIn(TimeRange range) const
{
    StateTimes times;
    if (range.isEmpty())
        return times;
    for (auto block = firstBlockEndingAfter(range.begin); block != blocks_.end() && block->first().begin < range.end; ++block) {
        if (range.begin <= block->first().begin && block->last().end <= range.end) {
            times += block->times;
            continue;
        }
        for (const Record *span = std::ranges::upper_bound(*block, range.begin, {}, &Record::end);
             span != block->end() && span->begin < range.end; ++span)
            times.add(span->state(), TimeRange{span->begin, span->end}.intersected(range).length());
    }
    return times;
}

TimeRange SpanStore::extent() const
{
    return isEmpty() ? TimeRange{} : TimeRange{blocks_.front().first().begin, end()};
}

std::size_t SpanStore::byteSize() const
{
    std::size_t bytes = blocks_.capacity() * sizeof(Block);
    for (const Block &block : blocks_)
        bytes += block.capacity * sizeof(Record);
    return bytes;
}

} // namespace loopscope
