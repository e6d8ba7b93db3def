#include "core/formats/chrome/file_arguments.h"

#include "core/formats/byte_stream.h"
#include "core/formats/chrome/event_fields.h"

#include <algorithm>

namespace loopscope::chrome {

namespace {

constexpr std::size_t indexEvery = 64;

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
    const bool hasBoth = members(first).find_first_not_of(" \t\r\n") != std::string_view::npos
                         && members(second).find_first_not_of(" \t\r\n") != std::string_view::npos;
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

FileArguments::FileArguments(std::shared_ptr<const InputFile> file, EventIndex index, std::vector<std::pair<EventId, EventId>> endEvents)
    : file_(std::move(file))
    , index_(std::move(index))
    , endEvents_(std::move(endEvents))
{
}

// The window that an event is in, and its number there.
std::optional<EventWindow> FileArguments::windowOf(std::uint64_t event, std::size_t &number) const
{
    const auto place = index_.before(event);
    if (!place || !file_ || !file_->isUnchanged())
        return std::nullopt;
    constexpr std::size_t aFewEvents = 16 * 1024;
    PlainStream stream(file_, place->byte);
    EventWindows windows(stream, {aFewEvents, WindowLimits().longestEvent}, DocumentWalk::amongEvents());
    EventWindow window;
    const std::uint64_t wanted = event - place->event;
    for (bool isMore = true; isMore && window.firstEvent + window.events.size() <= wanted;) {
        const auto next = windows.next(window);
        if (!next)
            return std::nullopt;
        isMore = *next;
    }
    if (window.firstEvent > wanted || window.firstEvent + window.events.size() <= wanted)
        return std::nullopt;
    number = static_cast<std::size_t>(wanted - window.firstEvent);
    window.firstByte += place->byte;
    return window;
}

std::optional<std::uint64_t> FileArguments::byteOf(std::uint64_t event) const
{
    std::size_t number = 0;
    const auto window = windowOf(event, number);
    return window ? std::optional(window->firstByte + window->events[number].begin) : std::nullopt;
}

std::string FileArguments::ownArguments(EventId event) const
{
    std::size_t number = 0;
    const auto window = windowOf(event, number);
    return window ? std::string(memberOf(window->event(number), "args")) : std::string();
}

std::string FileArguments::arguments(EventId event) const
{
    const std::string own = ownArguments(event);
    const auto end = std::ranges::lower_bound(endEvents_, event, {}, &std::pair<EventId, EventId>::first);
    return end == endEvents_.end() || end->first != event ? own : merged(own, ownArguments(end->second));
}

} // namespace loopscope::chrome
