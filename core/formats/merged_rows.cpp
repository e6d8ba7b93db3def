#include "core/formats/merged_rows.h"

#include <algorithm>

namespace loopscope {

MergedRows::MergedRows(const Trace &trace, LaneId head)
    : trace_(trace)
    , head_(head)
    , rows_(trace.endOfRows(head) - head)
{
    for (std::uint32_t row = 0; row < rows_; ++row)
        push(row, 0);
}

std::optional<MergedRows::Slice> MergedRows::next()
{
    if (heads_.empty())
        return std::nullopt;
    std::ranges::pop_heap(heads_, IsLater());
    const Head head = heads_.back();
    heads_.pop_back();
    const LaneId lane = head_ + head.row;
    const bool isOpen = trace_.lane(lane).isOpen() && head.index + 1 == trace_.spanCount(lane);
    push(head.row, head.index + 1);
    return Slice{trace_.span(lane, head.index), head.row, isOpen};
}

void MergedRows::push(std::uint32_t row, std::size_t index)
{
    const LaneId lane = head_ + row;
    if (index >= trace_.spanCount(lane))
        return;
    heads_.push_back({trace_.span(lane, index).begin, row, index});
    std::ranges::push_heap(heads_, IsLater());
}

} // namespace loopscope
