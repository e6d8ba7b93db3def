#include "core/formats/chrome/slice_nesting.h"

#include "core/trace/stoppable_sort.h"

#include <algorithm>

namespace loopscope::chrome {

namespace {

// How far inside an end looks for its beginning: a file could make it look through a million each time.
constexpr std::size_t mostLookedThrough = 4096;

} // namespace

void SliceStack::leaveEnded(const std::vector<NestedSlice> &slices, Nanoseconds at)
{
    while (!open_.empty() && slices[open_.back()].end <= at)
        open_.pop_back();
}

void SliceStack::begin(std::vector<NestedSlice> &slices, NestedSlice slice)
{
    leaveEnded(slices, slice.begin);
    slice.parent = open_.empty() ? noSlice : open_.back();
    open_.push_back(static_cast<std::uint32_t>(slices.size()));
    slices.push_back(slice);
}

std::optional<std::uint32_t> SliceStack::end(std::vector<NestedSlice> &slices, const std::vector<Label> &labels, Nanoseconds at,
                                             std::uint32_t label)
{
    leaveEnded(slices, at);
    const std::string &name = labels[label].name;
    const auto matches = [&](std::uint32_t number) {
        const NestedSlice &slice = slices[number];
        return slice.end == openEnd && (name.empty() || slice.label == label || labels[slice.label].name == name);
    };
    const auto first = open_.rbegin();
    const auto last = first + static_cast<std::ptrdiff_t>(std::min(open_.size(), mostLookedThrough));
    const auto found = std::find_if(first, last, matches);
    if (found == last)
        return std::nullopt;
    const std::uint32_t number = *found;
    slices[number].end = at;
    open_.erase(std::next(found).base());
    return number;
}

std::optional<std::uint32_t> SliceStack::outermost(const std::vector<NestedSlice> &slices, Nanoseconds at)
{
    leaveEnded(slices, at);
    return open_.empty() ? std::nullopt : std::optional(open_.front());
}

bool putInNestingOrder(Track &track, const std::stop_token &stop)
{
    if (!track.isSorted && !sortStoppably(track.slices, &SliceMark::at, stop))
        return false;
    track.isSorted = true;
    const auto begin = track.slices.begin();
    const auto end = track.slices.end();
    for (auto first = begin; first != end;) {
        auto last = std::next(first);
        while (last != end && last->at == first->at && last->markKind() == MarkKind::Complete && first->markKind() == MarkKind::Complete)
            ++last;
        if (last - first > 1)
            std::stable_sort(first, last, [](const SliceMark &a, const SliceMark &b) { return a.end > b.end; });
        first = last;
    }
    return true;
}

} // namespace loopscope::chrome
