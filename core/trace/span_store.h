#pragma once

#include "core/trace/span.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace loopscope {

/// The closed spans of one lane, in order of time, without overlap; gaps are allowed.
///
/// Append-only records, 24 bytes a span. Most lanes hold a handful, a few hold millions: the first ones are in one array, which grows with
/// them; a lane that outgrows it has blocks, each with a summary of 48 bytes, so that a question about a long range folds whole blocks
/// instead of visiting spans (the idea of Orbit's TimerChain).
/// Not thread-safe.
class SpanStore {
public:
    [[nodiscard]] std::size_t size() const { return blockCount() * blockSize + tailSize_; }
    [[nodiscard]] bool isEmpty() const { return tailSize_ == 0; }
    /// The span at index 0 ≤ i < size().
    [[nodiscard]] Span operator[](std::size_t i) const;

    /// Appends a span. Requires span.begin <= span.end and span.begin >= the end of the last one.
    void append(const Span &span);

    /// The index of the first span whose end is after `at`, or size(). Logarithmic.
    [[nodiscard]] std::size_t firstEndingAfter(Nanoseconds at) const;

    /// The time spent in each state within `range`; spans that cross its edges count with the part inside.
    [[nodiscard]] StateTimes timesIn(TimeRange range) const;

    /// From the first span's begin to the last one's end; empty if there is none.
    [[nodiscard]] TimeRange extent() const;
    /// The end of the last span. Requires !isEmpty().
    [[nodiscard]] Nanoseconds end() const { return tail_[tailSize_ - 1].end; }

    /// Memory held, in bytes.
    [[nodiscard]] std::size_t byteSize() const;

private:
    /// A span as it is kept: the state stands in the lowest byte beside the site.
    struct Record {
        Nanoseconds begin;
        Nanoseconds end;
        LaneId peer;
        std::uint32_t siteAndState;

        [[nodiscard]] State state() const { return static_cast<State>(siteAndState & 0xFFU); }
        [[nodiscard]] SiteId site() const { return siteAndState >> 8U; }
        [[nodiscard]] Span span() const { return {begin, end, state(), site(), peer}; }
    };

    static constexpr std::uint32_t blockSize = 256;

    /// Records that are full: blockSize of them.
    struct Block {
        std::unique_ptr<Record[]> records;
        StateTimes times; // the summary: its whole time in each state
    };

    [[nodiscard]] std::size_t blockCount() const { return blocks_ ? blocks_->size() : 0; }
    /// The records of a block, or those of the tail if `block` is blockCount().
    [[nodiscard]] std::span<const Record> recordsOf(std::size_t block) const;
    /// Of the blocks and the tail, the first that ends after `at`: blockCount() if no block does.
    [[nodiscard]] std::size_t firstBlockEndingAfter(Nanoseconds at) const;
    void makeRoom();
    void sealTail();

    // A pointer, not a vector: nearly all lanes have none.
    std::unique_ptr<std::vector<Block>> blocks_;
    // The records after those of the blocks; not value-initialised: its pages are touched when spans reach them. Never empty, unless the
    // store is.
    std::unique_ptr<Record[]> tail_;
    std::uint32_t tailSize_ = 0;
    std::uint32_t tailCapacity_ = 0;
};

} // namespace loopscope
