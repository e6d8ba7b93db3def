#include "ui/timeline/lane_order.h"

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

} // namespace

LaneOrder LaneOrder::ofCreation(const Trace &trace)
{
    LaneOrder order;
    order.add({LaneGroup::Loop, {}, {}, false, {loopLaneId}});
    order.add({LaneGroup::Tasks, {}, {}, false, trace.tasks()});
    order.add({LaneGroup::Workers, {}, {}, false, trace.workers()});
    return order;
}

std::optional<LaneOrder::Place> LaneOrder::placeOf(LaneId lane) const
{
    if (lane >= places_.size() || places_[lane].section == nowhere)
        return std::nullopt;
    return places_[lane];
}

std::optional<std::size_t> LaneOrder::sectionOf(const GroupKey &key) const
{
    if (!key.part)
        return wholeGroups_[static_cast<std::size_t>(key.group)];
    const auto found = parts_.find(*key.part);
    return found == parts_.end() ? std::nullopt : std::optional(found->second);
}

void LaneOrder::add(LaneSection section)
{
    if (section.lanes.empty())
        return;
    const auto number = static_cast<std::uint32_t>(sections_.size());
    for (std::size_t i = 0; i < section.lanes.size(); ++i)
        setPlace(section.lanes[i], {number, static_cast<std::uint32_t>(i)});
    if (section.key.part)
        parts_[*section.key.part] = number;
    else
        wholeGroups_[static_cast<std::size_t>(section.key.group)] = number;
    sections_.push_back(std::move(section));
}

void LaneOrder::append(std::size_t section, LaneId lane)
{
    std::vector<LaneId> &lanes = sections_[section].lanes;
    setPlace(lane, {static_cast<std::uint32_t>(section), static_cast<std::uint32_t>(lanes.size())});
    lanes.push_back(lane);
}

void LaneOrder::setPlace(LaneId lane, Place place)
{
    if (lane >= places_.size())
        places_.resize(std::max<std::size_t>(lane + 1, places_.size() * 3 / 2), {nowhere, 0});
    places_[lane] = place;
}

} // namespace loopscope
