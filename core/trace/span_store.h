#pragma once

#include "core/trace/span.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace loopscope {

/// The closed spans of one lane, in order of time, without overlap; gaps are allowed.
///
/// Append-only records in blocks, 24 bytes a span. Each block carries a summary of 72 bytes, so that a question about a long range folds
/// whole blocks instead of visiting spans (the idea of Orbit's TimerChain). Most lanes of a run that reads files fit the first block.
/// Not thread-safe.
class SpanStore {
public:
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool isEmpty() const { return size_ == 0; }
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
    [[nodiscard]] Nanoseconds end() const { return blocks_.back().last().end; }

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

    struct Block {
        std::unique_ptr<Record[]> records; // not value-initialised: its pages are touched when spans reach them
        std::uint32_t size = 0;
        std::uint32_t capacity = 0;
        std::size_t firstIndex = 0;
        StateTimes times; // the summary: its whole time in each state

        [[nodiscard]] const Record *begin() const { return records.get(); }
        [[nodiscard]] const Record *end() const { return records.get() + size; }
        [[nodiscard]] const Record &first() const { return records[0]; }
        [[nodiscard]] const Record &last() const { return records[size - 1]; }
    };

    [[nodiscard]] std::vector<Block>::const_iterator firstBlockEndingAfter(Nanoseconds at) const;
    Block &blockWithRoom();

    std::vector<Block> blocks_;
    std::size_t size_ = 0;
};

} // namespace loopscope
