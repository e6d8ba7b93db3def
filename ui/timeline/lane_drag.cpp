#include "ui/timeline/lane_drag.h"

#include <algorithm>

namespace loopscope {

std::optional<DropPlace> dropPlace(const LaneLayout &layout, LaneId lane, int y)
{
    const auto row = layout.rowOf(lane);
    if (!row || row->group == LaneGroup::Loop)
        return std::nullopt;
    const int top = row->top - static_cast<int>(row->index) * row->height;
    const auto lanes = static_cast<int>(layout.sectionOf(*row).lanes.size());
    const int edge = std::clamp((y - top + row->height / 2) / row->height, 0, lanes);
    const auto rowsAbove = static_cast<std::size_t>(edge);
    const std::size_t index = rowsAbove > row->index ? rowsAbove - 1 : rowsAbove;
    if (index == row->index)
        return std::nullopt;
    return DropPlace{index, top + edge * row->height};
}

} // namespace loopscope
