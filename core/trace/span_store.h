#pragma once

#include "core/trace/span.h"

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace loopscope {

/// The closed spans of one lane, in order of time, without overlap; gaps are allowed.
///
/// Append-only records, 20 bytes a span, which may lie in memory of others: see adopt(). Most lanes hold a handful, a few hold millions:
/// the first ones are in one array, which grows with them; a lane that outgrows it has blocks of 256. For every 32 spans of a block it is
/// kept where they end and how long the lane was in each state before them, so that a question about any stretch is the difference of two
/// sums, whatever its length, and visits 62 spans at most. That is 22 bytes a span, and less than 24 with what is not filled yet, but for
/// lanes of fewer than some hundred spans. Not thread-safe.
class SpanStore {
private:
    /// A span as it is kept, in five words of 32 bits: times of 52 bits, a site of 24, a peer of 28 that is all ones for noLane.
    struct Record {
        std::uint32_t beginLow;
        std::uint32_t endLow;
        std::uint32_t beginHighAndSite; // 20 bits, and the lower 12
        std::uint32_t endHighAndSite;   // 20 bits, and the higher 12
        std::uint32_t peerAndState;     // 28 bits and 4

        [[nodiscard]] static Record of(const Span &span);
        [[nodiscard]] Nanoseconds begin() const { return timeOf(beginLow, beginHighAndSite); }
        [[nodiscard]] Nanoseconds end() const { return timeOf(endLow, endHighAndSite); }
        [[nodiscard]] State state() const { return static_cast<State>(peerAndState & 0xFU); }
        [[nodiscard]] Span span() const
        {
            constexpr std::uint32_t noPeer = (1U << 28U) - 1;
            const SiteId site = (endHighAndSite & 0xFFFU) << 12U | (beginHighAndSite & 0xFFFU);
            const LaneId peer = peerAndState >> 4U;
            return {begin(), end(), state(), site, peer == noPeer ? noLane : peer};
        }

    private:
        [[nodiscard]] static Nanoseconds timeOf(std::uint32_t low, std::uint32_t high)
        {
            return static_cast<Nanoseconds>(std::uint64_t{high >> 12U} << 32U | low);
        }
    };

public:
    /// Neighbouring spans, for those who visit many: cheaper than an index each. Valid until the store grows.
    class Stretch {
    public:
        Stretch() = default;
        [[nodiscard]] bool has(std::size_t i) const { return i - first_ < records_.size(); }
        /// The span at index i of the store. Requires has(i).
        [[nodiscard]] Span operator[](std::size_t i) const { return records_[i - first_].span(); }

    private:
        friend class SpanStore;
        Stretch(std::size_t first, std::span<const Record> records)
            : first_(first)
            , records_(records)
        {
        }
        std::size_t first_ = 0;
        std::span<const Record> records_;
    };

    [[nodiscard]] std::size_t size() const { return blockCount() * blockSize + tailSize_; }
    [[nodiscard]] bool isEmpty() const { return tailSize_ == 0 && !blocks_; }
    /// The span at index 0 ≤ i < size().
    [[nodiscard]] Span operator[](std::size_t i) const { return recordAt(i).span(); }
    /// The stretch that span i lies in. Requires i < size().
    [[nodiscard]] Stretch stretchAt(std::size_t i) const { return {i / blockSize * blockSize, recordsOf(i / blockSize)}; }

    /// Whether a span can be kept as it is: within the ranges of span.h.
    [[nodiscard]] static bool canKeep(const Span &span);
    /// What records of spans may refer to.
    struct Limits {
        std::size_t sites = 0; ///< in the trace
        std::size_t lanes = 0;
    };
    /// A span takes so many bytes in a file, as recordsFrom() gives them and adopt() takes them; README.md describes each.
    static constexpr std::size_t recordBytes = 20;
    /// Records lie side by side in runs of so many.
    static constexpr std::uint32_t blockSize = 256;

    /// The records of the spans from `first` on, as many of them as lie side by side; nothing at the end. Valid until the next append().
    [[nodiscard]] std::span<const std::byte> recordsFrom(std::size_t first) const;
    /// Appends the spans of records that come from a file. Those that fill a block are not copied, but used where they lie, so they have to
    /// stay there, unchanged, for as long as the store lives. False, and nothing is appended, if they are not in order of time, begin
    /// before `earliest` or refer to what is not there. Requires `records` to be whole records in memory that is aligned as 32-bit words.
    [[nodiscard]] bool adopt(std::span<const std::byte> records, Nanoseconds earliest, const Limits &limits);

    /// How many spans are used where they lie, in memory of others.
    [[nodiscard]] std::size_t adoptedSpans() const { return blocks_ ? blocks_->borrowed * blockSize : 0; }

    /// Holds the first `count` spans of another store, whose full blocks are not copied: it has to live as long as this one, and may grow.
    /// Requires isEmpty() and count <= whole.size().
    void adoptPrefix(const SpanStore &whole, std::size_t count);

    /// Appends a span. Requires canKeep(span), and span.begin >= the end of the last one. Returns how much byteSize() has grown, which most
    /// often is nothing.
    std::size_t append(const Span &span);

    /// Makes room for as many spans as are likely to come, so that they are not copied while they do. Requires isEmpty() and spans <=
    /// blockSize. Returns how much byteSize() has grown.
    std::size_t reserve(std::uint32_t spans);

    /// The index of the first span whose end is after `at`, or size(). Logarithmic in its distance from `from`, which must not be after it.
    [[nodiscard]] std::size_t firstEndingAfter(Nanoseconds at, std::size_t from = 0) const;

    /// Brings near the processor what firstEndingAfter() and timesBefore() will read for some instants, so that the memory of a large lane
    /// is waited for once, not for each instant and for each step of its search. For instants that rise; a few ahead of the questions.
    class ReadAhead {
    public:
        /// `store` has to outlive this, and not to grow meanwhile.
        explicit ReadAhead(const SpanStore &store)
            : store_(store)
        {
        }
        /// Asks the memory for what is known of the block at `at`, and for the records at an instant that was named some calls before.
        void prepare(Nanoseconds at);

    private:
        struct Place {
            Nanoseconds at = 0;
            std::size_t block = SIZE_MAX;
        };
        const SpanStore &store_;
        std::array<Place, 8> places_{}; // as many as a core has requests to memory under way, about
        std::size_t next_ = 0;
        std::size_t block_ = 0; // of the last instant
    };

    /// The time spent in each state by all spans before one. Requires i <= size().
    [[nodiscard]] StateTimes timesBefore(std::size_t i) const;
    /// The time spent in each state by the spans from `first` to before `last`. Requires first <= last <= size().
    [[nodiscard]] StateTimes timesOf(std::size_t first, std::size_t last) const;
    /// The time spent in each state within `range`; spans that cross its edges count with the part inside.
    [[nodiscard]] StateTimes timesIn(TimeRange range) const;

    /// From the first span's begin to the last one's end; empty if there is none.
    [[nodiscard]] TimeRange extent() const;
    /// The end of the last span. Requires !isEmpty().
    [[nodiscard]] Nanoseconds end() const { return tailSize_ > 0 ? tail_[tailSize_ - 1].end() : blocks_->list.back().end; }

    /// Memory held, in bytes, without what was adopted.
    [[nodiscard]] std::size_t byteSize() const;

private:
    static_assert(sizeof(Record) == recordBytes);
    static constexpr std::uint32_t partSize = 32;

    static constexpr std::uint32_t partCount = blockSize / partSize;
    static constexpr std::size_t cacheLine = 64; // bytes, of most processors

    /// What is known of a block's records, partSize of them together. What is searched is a line of the processor's cache.
    struct alignas(cacheLine) Parts {
        std::array<Nanoseconds, partCount> ends;  // of the last of each
        std::array<StateTimes, partCount> before; // of all spans of the lane before each
    };
    /// Frees an array, unless it is another's.
    template <typename T>
    struct Release {
        bool isBorrowed;

        void operator()(const T *array) const
        {
            if (!isBorrowed)
                std::default_delete<const T[]>()(array);
        }
    };
    template <typename T>
    using Kept = std::unique_ptr<const T[], Release<T>>;
    /// Records that are full: blockSize of them.
    struct Block {
        Kept<Record> records;
        Kept<Parts> parts; // one
        Nanoseconds end;   // of the last record
    };
    struct Blocks {
        std::vector<Block> list;
        std::vector<std::unique_ptr<Parts[]>> borrowedParts; // side by side, of blocks that came together
        std::size_t borrowed = 0;                            // blocks whose records are
        StateTimes times;                                    // of all of them
    };

    [[nodiscard]] std::size_t blockCount() const { return blocks_ ? blocks_->list.size() : 0; }
    /// The records of a block, or those of the tail if `block` is blockCount().
    [[nodiscard]] std::span<const Record> recordsOf(std::size_t block) const;
    [[nodiscard]] const Record &recordAt(std::size_t i) const;
    /// Of the blocks and the tail, the first that ends after `at`, from block `from` on: blockCount() if no block does.
    [[nodiscard]] std::size_t firstBlockEndingAfter(Nanoseconds at, std::size_t from) const;
    /// The part of a block in which the first record is that ends after `at`. Requires the block to end after it.
    [[nodiscard]] std::size_t partEndingAfter(Nanoseconds at, std::size_t block) const;
    [[nodiscard]] std::uint32_t nextCapacity() const;
    std::size_t makeRoom();
    void enlargeTail(std::uint32_t capacity);
    void sealTail();
    [[nodiscard]] Blocks &blocks();
    /// Whether spans are in order of time, begin at `earliest` at the earliest, and refer to what is there.
    [[nodiscard]] static bool areInOrder(std::span<const Record> records, Nanoseconds earliest, const Limits &limits);
    /// The parts of blockSize records, before which the lane was in each state for `times`, which grows by what is in them.
    static void sumUp(const Record *records, Parts &parts, StateTimes &times);
    /// Appends whole blocks, which stay where they are.
    void borrow(std::span<const Record> records);
    void copy(std::span<const Record> records);

    // A pointer, not an object: nearly all lanes have none.
    std::unique_ptr<Blocks> blocks_;
    // The records after those of the blocks; not value-initialised: its pages are touched when spans reach them. Without
    // any if nothing has come, or the last thing was adopted.
    std::unique_ptr<Record[]> tail_;
    std::uint32_t tailSize_ = 0;
    std::uint32_t tailCapacity_ = 0;
};

inline std::span<const SpanStore::Record> SpanStore::recordsOf(std::size_t block) const
{
    if (block < blockCount())
        return {blocks_->list[block].records.get(), blockSize};
    return {tail_.get(), tailSize_};
}

inline const SpanStore::Record &SpanStore::recordAt(std::size_t i) const
{
    assert(i < size());
    return recordsOf(i / blockSize)[i % blockSize];
}

} // namespace loopscope
