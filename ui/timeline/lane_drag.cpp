#include "ui/timeline/lane_drag.h"

#include <algorithm>

namespace loopscope {

std::optional<DropPlace> dropPlace(const LaneLayout &layout, LaneId lane, int y)
{
    const auto row = layout.rowOf(lane);
    if (!row || row->group == LaneGroup::Loop)
        return std::nullopt;
    const LaneSection &section = layout.sectionOf(*row);
    const auto first = layout.rowOf(section.lanes.front());
    auto last = layout.rowOf(section.lanes.back());
    if (!first || !last)
        return std::nullopt; // beyond what a layout can be tall
    const auto under = layout.rowAt(std::clamp(y, first->top, last->top + last->height - 1));
    const auto above = layout.rowOf(section.lanes[section.unitBegin(under->index)]);
    const auto below = layout.rowOf(section.lanes[section.unitEnd(under->index) - 1]);
    const int top = above->top;
    const int bottom = below->top + below->height;
    const bool isAbove = y - top < bottom - y;
    const std::size_t edge = isAbove ? above->index : below->index + 1;
    if (edge >= section.unitBegin(row->index) && edge <= section.unitEnd(row->index))
        return std::nullopt;
    return DropPlace{edge > row->index ? edge - 1 : edge, isAbove ? top : bottom};
}

} // namespace loopscope
