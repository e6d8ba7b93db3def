#include "core/analysis/loop_holds.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

/// Cuts off what lies under an earlier one.
void disentangle(std::vector<LoopHold> &holds)
{
    Nanoseconds taken = INT64_MIN;
    for (LoopHold &hold : holds) {
        hold.range.begin = std::max(hold.range.begin, taken);
        taken = std::max(taken, hold.range.end);
    }
    std::erase_if(holds, [](const LoopHold &hold) { return hold.range.isEmpty(); });
}

} // namespace

std::span<const LoopHold> LoopHolds::in(TimeRange range) const
{
    const auto ends = [](const LoopHold &hold) { return hold.range.end; };
    const auto begins = [](const LoopHold &hold) { return hold.range.begin; };
    const auto first = std::ranges::upper_bound(holds(), range.begin, {}, ends);
    const auto last = std::ranges::lower_bound(first, holds_.end(), range.end, {}, begins);
    return {first, last};
}

Nanoseconds LoopHolds::timeIn(TimeRange range) const
{
    return range.isEmpty() ? 0 : timeBefore(range.end) - timeBefore(range.begin);
}

Nanoseconds LoopHolds::timeBefore(Nanoseconds at) const
{
    if (times_.size() != holds().size()) {
        Nanoseconds sum = 0;
        for (const LoopHold &hold : holds_)
            times_.push_back(std::exchange(sum, sum + hold.range.length()));
    }
    const auto next = std::ranges::lower_bound(holds_, at, {}, [](const LoopHold &hold) { return hold.range.begin; });
    if (next == holds_.begin())
        return 0;
    const LoopHold &last = *std::prev(next);
    return times_[static_cast<std::size_t>(std::prev(next) - holds_.begin())] + std::min(at, last.range.end) - last.range.begin;
}

const LoopHold *LoopHolds::lastEndingBy(Nanoseconds at) const
{
    const auto next = std::ranges::upper_bound(holds(), at, {}, [](const LoopHold &hold) { return hold.range.end; });
    return next == holds_.begin() ? nullptr : &*std::prev(next);
}

const std::vector<LoopHold> &LoopHolds::holds() const
{
    if (!isCollected_)
        collect();
    return holds_;
}

void LoopHolds::collect() const
{
    isCollected_ = true;
    if (range_.begin <= 0 && range_.end >= trace_.now())
        holds_.reserve(2 * trace_.tasks().size()); // most have two turns at least, and new memory costs more than all that follows
    for (const LaneId task : trace_.tasks()) {
        const std::size_t count = trace_.spanCount(task);
        for (std::size_t i = trace_.firstSpanEndingAfter(task, range_.begin); i < count; ++i) {
            const Span span = trace_.span(task, i);
            if (span.begin >= range_.end)
                break;
            if (holdsLoop(span.state) && !span.range().isEmpty())
                holds_.push_back({span.range(), task});
        }
    }
    std::ranges::stable_sort(holds_, {}, [](const LoopHold &hold) { return hold.range.begin; });
    disentangle(holds_);
}

} // namespace loopscope
