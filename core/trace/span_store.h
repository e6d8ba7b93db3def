#pragma once

#include "core/trace/span.h"

#include <cstddef>
#include <vector>

namespace loopscope {

/// The closed spans of one lane, in order of time, without overlap; gaps are allowed.
///
/// Append-only columns in blocks. Each block carries a summary, so that a question about a long range folds whole blocks instead of
/// visiting spans (the idea of Orbit's TimerChain). 25 bytes a span; a block's summary adds 64 bytes.
/// Not thread-safe.
class SpanStore {
public:
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool isEmpty() const { return size_ == 0; }
    /// The span at index 0 ≤ i < size().
    [[nodiscard]] Span operator[](std::size_t i) const;
    [[nodiscard]] Span back() const { return (*this)[size_ - 1]; }

    /// Appends a span. Requires span.begin <= span.end and span.begin >= the end of the last one.
    void append(const Span &span);

    /// The index of the first span whose end is after `at`, or size(). Logarithmic.
    [[nodiscard]] std::size_t firstEndingAfter(Nanoseconds at) const;

    /// The time spent in each state within `range`; spans that cross its edges count with the part inside.
    [[nodiscard]] StateTimes timesIn(TimeRange range) const;

    /// From the first span's begin to the last one's end; empty if there is none.
    [[nodiscard]] TimeRange extent() const;

    /// Memory held, in bytes.
    [[nodiscard]] std::size_t byteSize() const;

private:
    struct Block {
        std::vector<Nanoseconds> begins;
        std::vector<Nanoseconds> ends;
        std::vector<SiteId> sites;
        std::vector<LaneId> peers;
        std::vector<State> states;
        StateTimes times; // the summary: its whole time in each state
        std::size_t firstIndex = 0;

        [[nodiscard]] Span at(std::size_t i) const { return {begins[i], ends[i], states[i], sites[i], peers[i]}; }
        [[nodiscard]] std::size_t size() const { return begins.size(); }
    };

    Block &blockWithRoom();

    std::vector<Block> blocks_;
    std::size_t size_ = 0;
};

} // namespace loopscope
