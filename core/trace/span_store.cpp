#include "core/trace/span_store.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace loopscope {

namespace {

// The five spans of a task that sleeps once, the ten of a small file. Each just fits a chunk of the allocator.
constexpr std::uint32_t fewSpans = 5;
constexpr std::uint32_t someSpans = 10;

std::uint32_t nextCapacity(std::uint32_t capacity)
{
    if (capacity < fewSpans)
        return fewSpans;
    return capacity < someSpans ? someSpans : capacity * 2;
}

} // namespace

Span SpanStore::operator[](std::size_t i) const
{
    assert(i < size());
    return recordsOf(i / blockSize)[i % blockSize].span();
}

void SpanStore::append(const Span &span)
{
    assert(span.begin <= span.end);
    assert(isEmpty() || end() <= span.begin);
    assert(span.site <= largestSiteId);
    if (tailSize_ == tailCapacity_)
        makeRoom();
    tail_[tailSize_++] = {span.begin, span.end, span.peer, span.site << 8U | static_cast<std::uint32_t>(span.state)};
}

void SpanStore::makeRoom()
{
    if (tailSize_ == blockSize) {
        sealTail();
        return;
    }
    tailCapacity_ = std::min(blockSize, nextCapacity(tailCapacity_));
    auto larger = std::make_unique_for_overwrite<Record[]>(tailCapacity_);
    std::ranges::copy(recordsOf(blockCount()), larger.get());
    tail_ = std::move(larger);
}

void SpanStore::sealTail()
{
    StateTimes times;
    for (const Record &span : recordsOf(blockCount()))
        times.add(span.state(), span.end - span.begin);
    if (!blocks_)
        blocks_ = std::make_unique<std::vector<Block>>();
    blocks_->push_back({std::exchange(tail_, std::make_unique_for_overwrite<Record[]>(blockSize)), times});
    tailSize_ = 0;
}

std::span<const SpanStore::Record> SpanStore::recordsOf(std::size_t block) const
{
    if (block < blockCount())
        return {(*blocks_)[block].records.get(), blockSize};
    return {tail_.get(), tailSize_};
}

std::size_t SpanStore::firstBlockEndingAfter(Nanoseconds at) const
{
    if (!blocks_)
        return 0;
    const auto block = std::ranges::upper_bound(*blocks_, at, {}, [](const Block &one) { return one.records[blockSize - 1].end; });
    return static_cast<std::size_t>(block - blocks_->begin());
}

std::size_t SpanStore::firstEndingAfter(Nanoseconds at) const
{
    const std::size_t block = firstBlockEndingAfter(at);
    const auto records = recordsOf(block);
    const auto span = std::ranges::upper_bound(records, at, {}, &Record::end);
    return block * blockSize + static_cast<std::size_t>(span - records.begin());
}

StateTimes SpanStore::timesIn(TimeRange range) const
{
    StateTimes times;
    if (range.isEmpty())
        return times;
    for (std::size_t block = firstBlockEndingAfter(range.begin); block <= blockCount(); ++block) {
        const auto records = recordsOf(block);
        if (records.empty() || records.front().begin >= range.end)
            break;
        if (block < blockCount() && range.begin <= records.front().begin && records.back().end <= range.end) {
            times += (*blocks_)[block].times;
            continue;
        }
        for (auto span = std::ranges::upper_bound(records, range.begin, {}, &Record::end); span != records.end() && span->begin < range.end;
             ++span)
            times.add(span->state(), TimeRange{span->begin, span->end}.intersected(range).length());
    }
    return times;
}

TimeRange SpanStore::extent() const
{
    return isEmpty() ? TimeRange{} : TimeRange{recordsOf(0).front().begin, end()};
}

std::size_t SpanStore::byteSize() const
{
    const std::size_t tail = tailCapacity_ * sizeof(Record);
    if (!blocks_)
        return tail;
    return tail + sizeof *blocks_ + blocks_->capacity() * sizeof(Block) + blockCount() * blockSize * sizeof(Record);
}

} // namespace loopscope
