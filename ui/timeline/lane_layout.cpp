#include "ui/timeline/lane_layout.h"

#include <algorithm>
#include <span>

namespace loopscope {

namespace {

constexpr int farthestBottom = 1 << 30;

std::size_t lanesIn(const Trace &trace, LaneGroup group)
{
    switch (group) {
    case LaneGroup::Loop:
        return 1;
    case LaneGroup::Tasks:
        return trace.tasks().size();
    case LaneGroup::Workers:
        return trace.workers().size();
    }
    return 0;
}

} // namespace

LaneLayout::LaneLayout(const Trace &trace, RowHeights heights, FoldedGroups folded)
    : trace_(&trace)
    , heights_(heights)
{
    for (const LaneGroup group : allLaneGroups) {
        const std::size_t lanes = lanesIn(trace, group);
        if (lanes == 0)
            continue;
        Section &section = sections_[sectionCount_++];
        const auto room = static_cast<std::size_t>((farthestBottom - height_ - heights.group) / heights.lane);
        section = {group, height_, folded[static_cast<std::size_t>(group)] ? 0 : std::min(lanes, room)};
        height_ = bottomOf(section);
        if (group == LaneGroup::Loop)
            pinnedHeight_ = height_;
    }
}

LaneId LaneLayout::laneIn(const Section &section, std::size_t index) const
{
    if (section.group == LaneGroup::Loop)
        return loopLaneId;
    return section.group == LaneGroup::Tasks ? trace_->tasks()[index] : trace_->workers()[index];
}

int LaneLayout::bottomOf(const Section &section) const
{
    return section.top + heights_.group + static_cast<int>(section.lanes) * heights_.lane;
}

LayoutRow LaneLayout::laneRow(const Section &section, std::size_t index) const
{
    const int top = section.top + heights_.group + static_cast<int>(index) * heights_.lane;
    return {section.group, laneIn(section, index), index, top, heights_.lane};
}

std::optional<LayoutRow> LaneLayout::rowAt(int y) const
{
    if (y < 0 || y >= height_)
        return std::nullopt;
    const std::span sections(sections_.data(), sectionCount_);
    const Section &section = *std::prev(std::ranges::upper_bound(sections, y, {}, &Section::top));
    const int below = y - section.top - heights_.group;
    if (below < 0)
        return LayoutRow{section.group, noLane, 0, section.top, heights_.group};
    return laneRow(section, static_cast<std::size_t>(below / heights_.lane));
}

std::optional<LayoutRow> LaneLayout::rowOf(LaneId lane) const
{
    if (!trace_ || !trace_->hasLane(lane))
        return std::nullopt;
    for (std::size_t i = 0; i < sectionCount_; ++i) {
        const Section &section = sections_[i];
        // Lanes are numbered in the order of their creation, and so they stand in each group.
        std::size_t low = 0;
        std::size_t high = section.lanes;
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (laneIn(section, middle) < lane)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < section.lanes && laneIn(section, low) == lane)
            return laneRow(section, low);
    }
    return std::nullopt;
}

std::optional<LayoutRow> LaneLayout::headerOf(LaneGroup group) const
{
    const std::span sections(sections_.data(), sectionCount_);
    const auto section = std::ranges::find(sections, group, &Section::group);
    return section == sections.end() ? std::nullopt : rowAt(section->top);
}

std::optional<LayoutRow> LaneLayout::counterpart(const LayoutRow &row) const
{
    return row.isHeader() ? headerOf(row.group) : rowOf(row.lane);
}

std::optional<LayoutRow> LaneLayout::firstLaneRow() const
{
    auto row = rowAt(0);
    while (row && row->isHeader())
        row = rowAfter(*row);
    return row;
}

std::size_t LaneLayout::laneCount() const
{
    std::size_t lanes = 0;
    for (std::size_t i = 0; i < sectionCount_; ++i)
        lanes += sections_[i].lanes;
    return lanes;
}

} // namespace loopscope
