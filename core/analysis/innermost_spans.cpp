#include "core/analysis/innermost_spans.h"

#include <algorithm>
#include <bit>
#include <functional>

namespace loopscope {

namespace {

constexpr std::size_t bits = 64; // of a word of openRows_

} // namespace

InnermostSpans::InnermostSpans(const Trace &trace, LaneId thread)
    : thread_(thread)
    , rows_(trace.endOfRows(thread) - thread)
    , openRows_((rows_.size() + bits - 1) / bits)
{
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
        if (readNext(trace, row))
            edges_.push_back({rows_[row].span.begin, row});
    }
    std::ranges::make_heap(edges_, std::greater(), &Edge::at);
}

// One without length is in no piece.
bool InnermostSpans::readNext(const Trace &trace, std::uint32_t row)
{
    Row &reading = rows_[row];
    const std::size_t count = trace.spanCount(thread_ + row);
    while (reading.next < count) {
        reading.span = trace.span(thread_ + row, reading.next++);
        if (reading.span.length() > 0)
            return true;
    }
    return false;
}

void InnermostSpans::open(std::uint32_t row)
{
    rows_[row].isOpen = true;
    openRows_[row / bits] |= std::uint64_t{1} << row % bits;
    deepest_ = std::max(deepest_.value_or(row), row);
}

void InnermostSpans::close(std::uint32_t row)
{
    rows_[row].isOpen = false;
    openRows_[row / bits] &= ~(std::uint64_t{1} << row % bits);
    if (deepest_ != row)
        return;
    deepest_.reset();
    for (std::size_t word = row / bits + 1; word-- > 0;) {
        if (openRows_[word] == 0)
            continue;
        deepest_ = static_cast<std::uint32_t>(word * bits + bits - 1 - static_cast<std::size_t>(std::countl_zero(openRows_[word])));
        return;
    }
}

// Passes the earliest edge.
void InnermostSpans::pass(const Trace &trace)
{
    std::ranges::pop_heap(edges_, std::greater(), &Edge::at);
    const std::uint32_t row = edges_.back().row;
    Row &passed = rows_[row];
    if (!passed.isOpen) {
        open(row);
        edges_.back().at = passed.span.end;
    } else {
        close(row);
        if (!readNext(trace, row)) {
            edges_.pop_back();
            return;
        }
        edges_.back().at = passed.span.begin;
    }
    std::ranges::push_heap(edges_, std::greater(), &Edge::at);
}

std::optional<InnermostSpans::Piece> InnermostSpans::next(const Trace &trace)
{
    while (!edges_.empty()) {
        const TimeRange range{at_, edges_.front().at};
        if (deepest_ && !range.isEmpty()) {
            at_ = range.end;
            const Span &span = rows_[*deepest_].span;
            return Piece{range, span.state, span.site};
        }
        at_ = range.end;
        pass(trace);
    }
    return std::nullopt;
}

} // namespace loopscope
