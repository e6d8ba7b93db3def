#include "core/trace/span_store.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

namespace loopscope {

namespace {

// The spans of a task while it sleeps, when it has slept once, and with one more wait. They fit chunks of 64, 112 and 224 bytes.
constexpr std::array<std::uint32_t, 3> smallCapacities = {3, 5, 10};
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
        return std::min(blockSize, tailCapacity_ + blockSize / 4);
    for (const std::uint32_t capacity : smallCapacities) {
        if (tailCapacity_ < capacity)
            return capacity;
    }
    return std::min(blockSize, tailCapacity_ + tailCapacity_ / 2);
}

std::size_t SpanStore::reserve(std::uint32_t spans)
{
    assert(isEmpty() && spans <= blockSize);
    const std::size_t before = byteSize();
    enlargeTail(spans);
    return byteSize() - before;
}

std::size_t SpanStore::makeRoom()
{
    const std::size_t before = byteSize();
    if (tailSize_ == blockSize)
        sealTail();
    enlargeTail(nextCapacity());
    return byteSize() - before;
}

void SpanStore::enlargeTail(std::uint32_t capacity)
{
    auto larger = std::make_unique_for_overwrite<Record[]>(capacity);
    std::ranges::copy(recordsOf(blockCount()), larger.get());
    tail_ = std::move(larger);
    tailCapacity_ = capacity;
}

SpanStore::Blocks &SpanStore::blocks()
{
    if (!blocks_)
        blocks_ = std::make_unique<Blocks>();
    return *blocks_;
}

void SpanStore::sumUp(const Record *records, Parts &parts, StateTimes &times)
{
    for (std::uint32_t i = 0; i < blockSize; ++i) {
        const Record &record = records[i];
        const std::uint32_t part = i / partSize;
        if (i % partSize == 0)
            parts.before[part] = times;
        parts.ends[part] = record.end();
        times.add(record.state(), record.end() - record.begin());
    }
}

void SpanStore::sealTail()
{
    auto parts = std::make_unique<Parts[]>(1);
    sumUp(tail_.get(), parts[0], blocks().times);
    const Nanoseconds end = parts[0].ends.back();
    blocks_->list.push_back(
        {Kept<Record>(tail_.release(), Release<Record>{false}), Kept<Parts>(parts.release(), Release<Parts>{false}), end});
    tailSize_ = 0;
    tailCapacity_ = 0;
}

std::span<const std::byte> SpanStore::recordsFrom(std::size_t first) const
{
    const std::size_t block = std::min(first / blockSize, blockCount()); // the tail may be full
    return std::as_bytes(recordsOf(block).subspan(first - block * blockSize));
}

bool SpanStore::areInOrder(std::span<const Record> records, Nanoseconds earliest, const Limits &limits)
{
    bool isRight = true;
    for (const Record &record : records) { // without a way out, so that it costs what reading the memory does
        const Span span = record.span();
        const bool isEvent = span.state == State::Slice;
        isRight &= earliest <= span.begin;
        isRight &= span.begin <= span.end;
        isRight &= static_cast<std::size_t>(span.state) < stateCount;
        isRight &= span.site < limits.sites;
        isRight &= isEvent || span.peer < limits.lanes || span.peer == noLane;
        earliest = span.end;
    }
    return isRight;
}

bool SpanStore::adopt(std::span<const std::byte> bytes, Nanoseconds earliest, const Limits &limits)
{
    assert(bytes.size() % sizeof(Record) == 0 && reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(Record) == 0);
    const std::span records(reinterpret_cast<const Record *>(bytes.data()), bytes.size() / sizeof(Record));
    if (!areInOrder(records, isEmpty() ? earliest : std::max(earliest, end()), limits))
        return false;
    // Only behind whole blocks is another one in its place.
    const std::size_t borrowed = tailSize_ == 0 && records.size() >= blockSize ? records.size() - records.size() % blockSize : 0;
    if (borrowed > 0)
        borrow(records.first(borrowed));
    copy(records.subspan(borrowed));
    return true;
}

void SpanStore::borrow(std::span<const Record> records)
{
    const std::size_t count = records.size() / blockSize;
    Blocks &all = blocks();
    Parts *parts = all.borrowedParts.emplace_back(std::make_unique_for_overwrite<Parts[]>(count)).get();
    if (const std::size_t wanted = all.list.size() + count; wanted > all.list.capacity())
        all.list.reserve(std::max(wanted, all.list.capacity() + all.list.capacity() / 8)); // few at a time are not copied each time
    for (std::size_t i = 0; i < count; ++i) {
        const Record *first = &records[i * blockSize];
        sumUp(first, parts[i], all.times);
        all.list.push_back(
            {Kept<Record>(first, Release<Record>{true}), Kept<Parts>(&parts[i], Release<Parts>{true}), parts[i].ends.back()});
    }
    all.borrowed += count;
}

void SpanStore::adoptPrefix(const SpanStore &whole, std::size_t count)
{
    assert(isEmpty() && count <= whole.size());
    const std::size_t full = std::min(count / blockSize, whole.blockCount()); // its tail may be full
    if (full > 0) {
        Blocks &all = blocks();
        all.list.reserve(full);
        for (std::size_t i = 0; i < full; ++i) {
            const Block &block = whole.blocks_->list[i];
            all.list.push_back({{block.records.get(), {true}}, {block.parts.get(), {true}}, block.end});
        }
        all.borrowed = full;
        all.times = whole.timesBefore(full * blockSize);
    }
    copy(whole.recordsOf(full).first(count - full * blockSize));
}

void SpanStore::copy(std::span<const Record> records)
{
    while (!records.empty()) {
        if (tailSize_ == blockSize)
            sealTail();
        const auto wanted = static_cast<std::uint32_t>(std::min<std::size_t>(blockSize, tailSize_ + records.size()));
        if (wanted > tailCapacity_)
            enlargeTail(tailSize_ == 0 ? wanted : std::max(wanted, nextCapacity())); // exactly, if it is all that comes at once
        std::ranges::copy(records.first(wanted - tailSize_), &tail_[tailSize_]);
        records = records.subspan(wanted - tailSize_);
        tailSize_ = wanted;
    }
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

std::size_t SpanStore::partEndingAfter(Nanoseconds at, std::size_t block) const
{
    const auto &ends = blocks_->list[block].parts[0].ends;
    std::size_t part = 0;
    for (const Nanoseconds end : ends) // all of them, without a branch to guess
        part += end <= at ? 1 : 0;
    return part;
}

void SpanStore::ReadAhead::prepare(Nanoseconds at)
{
    block_ = store_.firstBlockEndingAfter(at, block_);
    const Place place = std::exchange(places_[next_], {at, block_});
    next_ = (next_ + 1) % places_.size();
    if (block_ < store_.blockCount())
        __builtin_prefetch(&store_.blocks_->list[block_].parts[0]);
    if (place.block >= store_.blockCount())
        return;
    const Block &block = store_.blocks_->list[place.block];
    const std::size_t part = store_.partEndingAfter(place.at, place.block);
    __builtin_prefetch(&block.parts[0].before[part]);
    const auto *records = reinterpret_cast<const std::byte *>(&block.records[part * partSize]);
    for (std::size_t offset = 0; offset < partSize * sizeof(Record); offset += cacheLine)
        __builtin_prefetch(records + offset);
}

std::size_t SpanStore::firstEndingAfter(Nanoseconds at, std::size_t from) const
{
    const std::size_t block = firstBlockEndingAfter(at, from / blockSize);
    std::span<const Record> records = recordsOf(block);
    std::size_t first = block * blockSize;
    if (block < blockCount()) {
        const std::size_t part = partEndingAfter(at, block);
        records = records.subspan(part * partSize, partSize);
        first += part * partSize;
    }
    const auto span = std::ranges::upper_bound(records, at, {}, [](const Record &record) { return record.end(); });
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
        times = blocks_->list[block].parts[0].before[within / partSize];
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
    return tail + sizeof(Blocks) + blocks_->list.capacity() * sizeof(Block) + blocks_->borrowedParts.capacity() * sizeof(Parts *)
           + blockCount() * sizeof(Parts) + (blockCount() - blocks_->borrowed) * blockSize * sizeof(Record);
}

} // namespace loopscope
