#include "core/formats/chrome/file_arguments.h"

#include "core/formats/byte_stream.h"
#include "core/formats/chrome/event_fields.h"
#include "core/formats/json_blanks.h"

#include <algorithm>

namespace loopscope::chrome {

namespace {

constexpr std::size_t indexEvery = 8;
constexpr std::uint64_t manyEvents = 16 * 1024; // in bytes

bool isObject(std::string_view json)
{
    return json.size() >= 2 && json.front() == '{' && json.back() == '}';
}

// The members of both; of a key that both have, the second is the last, which counts.
std::string merged(const std::string &first, const std::string &second)
{
    if (first.empty() || !isObject(first) || !isObject(second))
        return first.empty() ? second : first;
    const auto members = [](std::string_view object) { return object.substr(1, object.size() - 2); };
    const bool hasBoth = members(first).find_first_not_of(jsonBlanks) != std::string_view::npos
                         && members(second).find_first_not_of(jsonBlanks) != std::string_view::npos;
    return '{' + std::string(members(first)) + (hasBoth ? "," : "") + std::string(members(second)) + '}';
}

} // namespace

void EventIndex::add(const EventWindow &window)
{
    for (std::size_t i = 0; i < window.events.size(); i += indexEvery)
        places_.push_back({window.firstEvent + i, window.firstByte + window.events[i].begin});
}

std::optional<EventIndex::Place> EventIndex::before(std::uint64_t event) const
{
    const auto behind = std::ranges::upper_bound(places_, event, {}, &Place::event);
    return behind == places_.begin() ? std::nullopt : std::optional(*std::prev(behind));
}

std::optional<EventIndex::Place> EventIndex::behind(std::uint64_t event) const
{
    const auto behind = std::ranges::upper_bound(places_, event, {}, &Place::event);
    return behind == places_.end() ? std::nullopt : std::optional(*behind);
}

FileArguments::FileArguments(std::shared_ptr<const InputFile> file, EventIndex index, std::vector<std::pair<EventId, EventId>> endEvents)
    : file_(std::move(file))
    , index_(std::move(index))
    , endEvents_(std::move(endEvents))
{
}

bool FileArguments::holds(const Stretch &stretch, std::uint64_t event) const
{
    return event >= stretch.firstEvent && event - stretch.firstEvent < stretch.window.events.size();
}

// Whether the event could be had: then the stretch holds it.
bool FileArguments::seek(Stretch &stretch, std::uint64_t event) const
{
    if (!file_ || !file_->isUnchanged())
        return false;
    if (holds(stretch, event))
        return true;
    const auto place = index_.before(event);
    if (!place)
        return false;
    // More than what is asked for is of use where events are asked for one after the other. Those of one thread among many are not.
    const std::uint64_t heldUntil = stretch.firstEvent + stretch.window.events.size();
    const bool isNext = event >= heldUntil && event - heldUntil < indexEvery;
    const auto behind = isNext ? std::nullopt : index_.behind(event);
    const std::uint64_t wanted = behind ? behind->byte - place->byte : manyEvents;
    PlainStream stream(file_, place->byte);
    EventWindows windows(stream, {std::min(wanted, manyEvents), WindowLimits().longestEvent}, DocumentWalk::amongEvents());
    for (bool isMore = true; isMore;) {
        const auto next = windows.next(stretch.window);
        if (!next) {
            hasFailed_ = true;
            stretch.window.events.clear();
            return false;
        }
        isMore = *next;
        stretch.firstEvent = place->event + stretch.window.firstEvent;
        if (stretch.firstEvent > event || holds(stretch, event))
            break;
    }
    stretch.window.firstByte += place->byte;
    const bool isThere = holds(stretch, event);
    hasFailed_ = hasFailed_ || !isThere; // for it was there when the file was read
    return isThere;
}

bool FileArguments::isIntact() const
{
    const std::lock_guard lock(mutex_);
    return file_ && file_->isUnchanged() && !hasFailed_;
}

std::uint64_t FileArguments::byteOf(std::uint64_t event) const
{
    const std::lock_guard lock(mutex_);
    if (seek(begins_, event))
        return begins_.window.firstByte + begins_.window.events[event - begins_.firstEvent].begin;
    return index_.before(event).value_or(EventIndex::Place()).byte;
}

std::string FileArguments::ownArguments(Stretch &stretch, EventId event) const
{
    return seek(stretch, event) ? std::string(memberOf(stretch.window.event(event - stretch.firstEvent), "args")) : std::string();
}

std::string FileArguments::arguments(EventId event) const
{
    const std::lock_guard lock(mutex_);
    const std::string own = ownArguments(begins_, event);
    const auto end = std::ranges::lower_bound(endEvents_, event, {}, &std::pair<EventId, EventId>::first);
    return end == endEvents_.end() || end->first != event ? own : merged(own, ownArguments(ends_, end->second));
}

} // namespace loopscope::chrome
