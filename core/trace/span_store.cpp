#include "core/trace/span_store.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace loopscope {

namespace {

// The five spans of a task that sleeps once, the ten of a small file. Each just fits a chunk of the allocator.
constexpr std::uint32_t fewSpans = 5;
constexpr std::uint32_t someSpans = 10;
// A lane with so many blocks wastes little if the next one is made as a whole.
constexpr std::size_t manyBlocks = 16;

} // namespace

static_assert(largestLaneId < (1U << 28U) - 1 && latestTime < Nanoseconds(1) << 52U && largestSiteId < 1U << 24U && stateCount <= 16);

inline SpanStore::Record SpanStore::Record::of(const Span &span) // in append(), which is called a million times a second
{
    const auto begin = static_cast<std::uint64_t>(span.begin);
    const auto end = static_cast<std::uint64_t>(span.end);
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
            static_cast<std::uint32_t>(begin >> 32U << 12U) | (span.site & 0xFFFU),
            static_cast<std::uint32_t>(end >> 32U << 12U) | span.site >> 12U, span.peer << 4U | static_cast<std::uint32_t>(span.state)};
}

bool SpanStore::canKeep(const Span &span)
{
    return 0 <= span.begin && span.begin <= span.end && span.end <= latestTime && span.site <= largestSiteId
           && (span.peer <= largestLaneId || span.peer == noLane);
}

std::size_t SpanStore::append(const Span &span)
{
    assert(canKeep(span));
    assert(isEmpty() || end() <= span.begin);
    const std::size_t grown = tailSize_ == tailCapacity_ ? makeRoom() : 0;
    tail_[tailSize_++] = Record::of(span);
    return grown;
}

// Half as much again while the lane is small, so that few records are copied and few places stay empty.
std::uint32_t SpanStore::nextCapacity() const
{
    if (blockCount() >= manyBlocks)
        return blockSize;
    if (blockCount() > 0)
        return tailCapacity_ + blockSize / 4;
    if (tailCapacity_ < someSpans)
        return tailCapacity_ < fewSpans ? fewSpans : someSpans;
    return std::min(blockSize, tailCapacity_ + tailCapacity_ / 2);
}

std::size_t SpanStore::makeRoom()
{
    const std::size_t before = byteSize();
    if (tailSize_ == blockSize)
        sealTail();
    tailCapacity_ = nextCapacity();
    auto larger = std::make_unique_for_overwrite<Record[]>(tailCapacity_);
    std::ranges::copy(recordsOf(blockCount()), larger.get());
    tail_ = std::move(larger);
    return byteSize() - before;
}

void SpanStore::sealTail()
{
    if (!blocks_)
        blocks_ = std::make_unique<Blocks>();
    auto parts = std::make_unique<std::array<Part, blockSize / partSize>>();
    StateTimes times = blocks_->times;
    for (std::uint32_t i = 0; i < blockSize; ++i) {
        const Record &record = tail_[i];
        Part &part = (*parts)[i / partSize];
        if (i % partSize == 0)
            part.before = times;
        part.end = record.end();
        times.add(record.state(), record.end() - record.begin());
    }
    blocks_->times = times;
    const Nanoseconds end = parts->back().end;
    blocks_->list.push_back({std::move(tail_), std::move(parts), end});
    tailSize_ = 0;
    tailCapacity_ = 0;
}

std::span<const SpanStore::Record> SpanStore::recordsOf(std::size_t block) const
{
    if (block < blockCount())
        return {blocks_->list[block].records.get(), blockSize};
    return {tail_.get(), tailSize_};
}

const SpanStore::Record &SpanStore::recordAt(std::size_t i) const
{
    assert(i < size());
    return recordsOf(i / blockSize)[i % blockSize];
}

std::size_t SpanStore::firstBlockEndingAfter(Nanoseconds at, std::size_t from) const
{
    const std::size_t blocks = blockCount();
    std::size_t step = 1;
    std::size_t low = from;
    while (low < blocks && blocks_->list[std::min(blocks, low + step) - 1].end <= at) {
        low = std::min(blocks, low + step);
        step *= 2;
    }
    if (low >= blocks)
        return blocks;
    const auto begin = blocks_->list.begin();
    const auto last = begin + static_cast<std::ptrdiff_t>(std::min(blocks, low + step));
    return static_cast<std::size_t>(std::upper_bound(begin + static_cast<std::ptrdiff_t>(low), last, at,
                                                     [](Nanoseconds time, const Block &block) { return time < block.end; })
                                    - begin);
}

std::size_t SpanStore::firstEndingAfter(Nanoseconds at, std::size_t from) const
{
    const std::size_t block = firstBlockEndingAfter(at, from / blockSize);
    std::span<const Record> records = recordsOf(block);
    std::size_t first = block * blockSize;
    if (block < blockCount()) {
        const auto &parts = *blocks_->list[block].parts;
        const auto part = static_cast<std::size_t>(std::ranges::upper_bound(parts, at, {}, &Part::end) - parts.begin());
        records = records.subspan(part * partSize, partSize);
        first += part * partSize;
    }
    const auto span = std::ranges::upper_bound(records, at, {}, &Record::end);
    return first + static_cast<std::size_t>(span - records.begin());
}

StateTimes SpanStore::timesBefore(std::size_t i) const
{
    const std::size_t block = std::min(i / blockSize, blockCount()); // the tail may be full
    const auto within = static_cast<std::uint32_t>(i - block * blockSize);
    const bool isSealed = block < blockCount();
    const std::uint32_t partBegin = isSealed ? within - within % partSize : 0;
    StateTimes times;
    if (isSealed)
        times = (*blocks_->list[block].parts)[within / partSize].before;
    else if (blocks_)
        times = blocks_->times;
    for (const Record &record : recordsOf(block).subspan(partBegin, within - partBegin))
        times.add(record.state(), record.end() - record.begin());
    return times;
}

StateTimes SpanStore::timesOf(std::size_t first, std::size_t last) const
{
    assert(first <= last && last <= size());
    if (last - first > 2 * partSize) {
        StateTimes times = timesBefore(last);
        times -= timesBefore(first);
        return times;
    }
    StateTimes times;
    for (std::size_t i = first; i < last; ++i) {
        const Record &record = recordAt(i);
        times.add(record.state(), record.end() - record.begin());
    }
    return times;
}

StateTimes SpanStore::timesIn(TimeRange range) const
{
    if (range.isEmpty())
        return {};
    const std::size_t first = firstEndingAfter(range.begin);
    std::size_t last = firstEndingAfter(range.end, first);
    if (last < size() && recordAt(last).begin() < range.end)
        ++last;
    if (first >= last)
        return {};
    StateTimes times = timesOf(first, last);
    const Record &front = recordAt(first);
    const Record &back = recordAt(last - 1);
    times.add(front.state(), front.begin() - std::max(front.begin(), range.begin));
    times.add(back.state(), std::min(back.end(), range.end) - back.end());
    return times;
}

TimeRange SpanStore::extent() const
{
    return isEmpty() ? TimeRange{} : TimeRange{recordAt(0).begin(), end()};
}

std::size_t SpanStore::byteSize() const
{
    const std::size_t tail = tailCapacity_ * sizeof(Record);
    if (!blocks_)
        return tail;
    constexpr std::size_t block = blockSize * sizeof(Record) + sizeof(std::array<Part, blockSize / partSize>);
    return tail + sizeof(Blocks) + blocks_->list.capacity() * sizeof(Block) + blockCount() * block;
}

} // namespace loopscope
