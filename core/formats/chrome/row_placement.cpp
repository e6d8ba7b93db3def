#include "core/formats/chrome/row_placement.h"

#include <algorithm>

namespace loopscope::chrome {

RowPlacement::RowPlacement(AssemblyContext &context, const std::vector<NestedSlice> &slices, std::vector<std::uint32_t> &rowOf, LaneId head)
    : context_(context)
    , slices_(slices)
    , rowOf_(rowOf)
    , head_(head)
    , freeFrom_{0}
{
}

std::optional<Problem> RowPlacement::makeRow(Nanoseconds begin)
{
    if (freeFrom_.size() >= context_.limits.rows)
        return Problem::TooDeep;
    const LaneId lane = context_.addLane(LaneKind::Row, context_.trace.nameOf(head_), begin, head_, "row");
    if (lane == noLane)
        return Problem::TooManyLanes;
    freeFrom_.push_back(0);
    return std::nullopt;
}

void RowPlacement::place(std::uint32_t number)
{
    const NestedSlice &slice = slices_[number];
    std::uint32_t row = 0;
    if (slice.parent != noSlice) {
        row = std::min(rowOf_[slice.parent] + 1, static_cast<std::uint32_t>(freeFrom_.size()));
        if (slices_[slice.parent].end < slice.end && slice.end != openEnd)
            context_.problems.add(Problem::Overlap, slice.event);
    }
    const auto isFree = [&slice](Nanoseconds from) { return from <= slice.begin; };
    row = static_cast<std::uint32_t>(std::find_if(freeFrom_.begin() + row, freeFrom_.end(), isFree) - freeFrom_.begin());
    rowOf_[number] = row;
    if (const auto problem = row == freeFrom_.size() ? makeRow(slice.begin) : std::nullopt)
        return context_.problems.add(*problem, slice.event);

    freeFrom_[row] = slice.end;
    // A state has no event: what has arguments to look at is a slice whose colour its writer found pretty.
    const auto state = slice.hasArguments != 0 ? std::nullopt : context_.events.labels[slice.label].state;
    const LaneId lane = head_ + row;
    const SiteId site = context_.siteOf(slice.label);
    const EventId peer = state ? noLane : eventIdOf(slice.event);
    if (slice.end != openEnd)
        return context_.trace.appendSpan(lane, {slice.begin, slice.end, state.value_or(State::Slice), site, peer});
    context_.trace.enter(lane, slice.begin, state.value_or(State::Slice), site, peer);
    context_.problems.add(Problem::NoEnd, slice.event);
}

} // namespace loopscope::chrome
