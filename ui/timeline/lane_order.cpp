#include "ui/timeline/lane_order.h"

#include "ui/timeline/lane_criteria.h"

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

std::vector<std::uint32_t> countNested(const Trace &trace, const std::vector<LaneId> &lanes)
{
    const auto isRow = [&trace](LaneId lane) { return trace.lane(lane).kind == LaneKind::Row; };
    if (trace.hasLoop() || std::ranges::none_of(lanes, isRow))
        return {};
    std::vector<std::uint32_t> before{0};
    before.reserve(lanes.size() + 1);
    for (const LaneId lane : lanes)
        before.push_back(before.back() + (isRow(lane) ? 1 : 0));
    return before;
}

} // namespace

std::size_t LaneSection::unitBegin(std::size_t i) const
{
    while (isNested(i))
        --i;
    return i;
}

std::size_t LaneSection::unitEnd(std::size_t i) const
{
    do
        ++i;
    while (i < lanes.size() && isNested(i));
    return i;
}

std::vector<LaneId> withRows(const Trace &trace, const std::vector<LaneId> &heads)
{
    if (trace.hasLoop())
        return heads;
    std::vector<LaneId> all;
    all.reserve(heads.size());
    for (const LaneId head : heads) {
        const LaneId end = trace.endOfRows(head);
        for (LaneId lane = head; lane != end; ++lane)
            all.push_back(lane);
    }
    return all;
}

std::vector<LaneId> headsOf(const Trace &trace)
{
    if (trace.hasLoop())
        return trace.tasks();
    std::vector<LaneId> heads;
    std::ranges::copy_if(trace.rows(), std::back_inserter(heads), [&](LaneId lane) { return trace.headOf(lane) == lane; });
    return heads;
}

LaneOrder LaneOrder::ofCreation(const Trace &trace)
{
    LaneOrder order;
    if (trace.hasLoop())
        order.add(trace, {LaneGroup::Loop, {}, {}, false, {loopLaneId}});
    if (trace.processes().empty()) {
        order.add(trace, {LaneGroup::Tasks, {}, {}, false, withRows(trace, headsOf(trace))});
    } else {
        LaneParts parts(trace, LaneGrouping::Process);
        for (LaneSection &section : partSections(trace, parts, headsOf(trace)))
            order.add(trace, std::move(section));
    }
    order.add(trace, {LaneGroup::Workers, {}, {}, false, trace.workers()});
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

void LaneOrder::add(const Trace &trace, LaneSection section)
{
    if (section.lanes.empty())
        return;
    section.nestedBefore = countNested(trace, section.lanes);
    const auto number = static_cast<std::uint32_t>(sections_.size());
    for (std::size_t i = 0; i < section.lanes.size(); ++i)
        setPlace(section.lanes[i], {number, static_cast<std::uint32_t>(i)});
    if (section.key.part)
        parts_[*section.key.part] = number;
    else
        wholeGroups_[static_cast<std::size_t>(section.key.group)] = number;
    sections_.push_back(std::move(section));
}

void LaneOrder::append(const Trace &trace, std::size_t section, LaneId lane)
{
    std::vector<LaneId> &lanes = sections_[section].lanes;
    std::vector<std::uint32_t> &nested = sections_[section].nestedBefore;
    const bool isNested = trace.lane(lane).kind == LaneKind::Row;
    if (isNested && nested.empty())
        nested.resize(lanes.size() + 1);
    if (!nested.empty())
        nested.push_back(nested.back() + (isNested ? 1 : 0));
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
