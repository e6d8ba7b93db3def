#include "ui/timeline/lane_layout.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int farthestBottom = 1 << 30;

} // namespace

LaneLayout::LaneLayout(std::shared_ptr<const LaneOrder> order, RowHeights heights, const FoldedGroups &folded)
    : order_(std::move(order))
    , heights_(heights)
{
    sections_.reserve(order_->sections().size());
    for (const LaneSection &section : order_->sections()) {
        const LaneGroup group = section.key.group;
        if (height_ > farthestBottom - heights.group)
            break;
        const bool isFolded = section.key.part ? section.isFolded : folded[static_cast<std::size_t>(group)];
        const auto room = static_cast<std::size_t>((farthestBottom - height_ - heights.group) / heights.lane);
        const std::size_t lanes = isFolded ? 0 : std::min(section.lanes.size(), room);
        sections_.push_back({height_, lanes, isFolded, rowCount()});
        height_ += heights.group + edgeOf(section, lanes);
        if (group == LaneGroup::Loop || group == LaneGroup::Pinned)
            pinnedHeight_ = height_;
        if (group == LaneGroup::Loop)
            loopHeight_ = height_;
    }
}

LaneLayout::LaneLayout(const Trace &trace, RowHeights heights, const FoldedGroups &folded)
    : LaneLayout(std::make_shared<const LaneOrder>(LaneOrder::ofCreation(trace)), heights, folded)
{
}

void LaneLayout::keepInPlace(int most)
{
    const auto cut = rowAt(std::max(most, loopHeight_));
    if (cut)
        pinnedHeight_ = std::min(pinnedHeight_, cut->top);
}

std::size_t LaneLayout::placeAt(int y) const
{
    return static_cast<std::size_t>(std::ranges::upper_bound(sections_, y, {}, &Section::top) - sections_.begin()) - 1;
}

LayoutRow LaneLayout::headerRow(std::size_t section) const
{
    const GroupKey &key = order_->sections()[section].key;
    return {key.group, noLane, 0, sections_[section].top, heights_.group, key.part, 0, false};
}

// How far below its header a lane begins; for the one after the last where the section ends.
int LaneLayout::edgeOf(const LaneSection &lanes, std::size_t index) const
{
    const std::size_t heads = lanes.headsBefore(index);
    const int edge = static_cast<int>(heads) * heights_.lane + static_cast<int>(index - heads) * heights_.nested;
    return index < lanes.lanes.size() && lanes.isNested(index) ? edge - heights_.lift : edge;
}

std::size_t LaneLayout::indexAt(std::size_t section, int below) const
{
    const LaneSection &lanes = order_->sections()[section];
    if (lanes.nestedBefore.empty())
        return static_cast<std::size_t>(below / heights_.lane);
    std::size_t first = 0;
    std::size_t end = sections_[section].lanes;
    while (first + 1 < end) {
        const std::size_t middle = (first + end) / 2;
        (edgeOf(lanes, middle) <= below ? first : end) = middle;
    }
    return first;
}

LayoutRow LaneLayout::laneRow(std::size_t section, std::size_t index) const
{
    const LaneSection &lanes = order_->sections()[section];
    const int edge = edgeOf(lanes, index);
    const int top = sections_[section].top + heights_.group + edge;
    const bool isNested = lanes.isNested(index);
    const std::size_t heads = lanes.headsBefore(index) + (isNested ? 0 : 1);
    return {lanes.key.group, lanes.lanes[index], index, top, edgeOf(lanes, index + 1) - edge, lanes.key.part, heads, isNested};
}

std::optional<LayoutRow> LaneLayout::rowAt(int y) const
{
    if (y < 0 || y >= height_)
        return std::nullopt;
    const std::size_t section = placeAt(y);
    const int below = y - sections_[section].top - heights_.group;
    return below < 0 ? headerRow(section) : laneRow(section, indexAt(section, below));
}

std::optional<LayoutRow> LaneLayout::rowNumbered(std::size_t rowsAbove) const
{
    if (rowsAbove >= rowCount())
        return std::nullopt;
    const auto after = std::ranges::upper_bound(sections_, rowsAbove, {}, &Section::rowsAbove);
    const auto section = static_cast<std::size_t>(after - sections_.begin()) - 1;
    const std::size_t below = rowsAbove - sections_[section].rowsAbove;
    return below == 0 ? headerRow(section) : laneRow(section, below - 1);
}

std::size_t LaneLayout::rowsAbove(const LayoutRow &row) const
{
    return sections_[placeAt(row.top)].rowsAbove + (row.isHeader() ? 0 : 1 + row.index);
}

std::optional<LayoutRow> LaneLayout::rowOf(LaneId lane) const
{
    const auto place = order_ ? order_->placeOf(lane) : std::nullopt;
    if (!place || place->section >= sections_.size() || place->index >= sections_[place->section].lanes)
        return std::nullopt;
    return laneRow(place->section, place->index);
}

std::optional<LayoutRow> LaneLayout::headerOf(const GroupKey &key) const
{
    const auto section = order_ ? order_->sectionOf(key) : std::nullopt;
    return section && *section < sections_.size() ? std::optional(headerRow(*section)) : std::nullopt;
}

std::optional<LayoutRow> LaneLayout::counterpart(const LayoutRow &row) const
{
    return row.isHeader() ? headerOf(row.key()) : rowOf(row.lane);
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
    for (const Section &section : sections_)
        lanes += section.lanes;
    return lanes;
}

} // namespace loopscope
