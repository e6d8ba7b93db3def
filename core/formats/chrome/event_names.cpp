#include "core/formats/chrome/event_names.h"

#include "core/formats/chrome/json_string.h"
#include "core/text/display_text.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace loopscope::chrome {

namespace {

constexpr std::size_t longestName = 4096; // in characters

std::optional<State> stateOfColour(std::string_view colour)
{
    if (colour == "thread_state_running")
        return State::Running;
    if (colour == "thread_state_runnable")
        return State::Ready;
    if (colour == "thread_state_sleeping" || colour == "thread_state_iowait" || colour == "thread_state_uninterruptible")
        return State::Awaiting;
    return std::nullopt;
}

} // namespace

std::string joinedKey(std::initializer_list<std::string_view> parts)
{
    std::string key;
    for (const std::string_view part : parts) {
        key += std::to_string(part.size());
        key += ':';
        key += part;
    }
    return key;
}

EventNames::EventNames(const ImportLimits &limits, CollectedEvents &events, ProblemCounts &problems)
    : limits_(limits)
    , events_(events)
    , problems_(problems)
{
    events_.labels.push_back({"(one of too many names)", {}, {}});
}

void EventNames::lookUp(const EventWindow &window, const ParsedWindow &parsed)
{
    const auto firstWith = [&](std::uint32_t ParsedEvent::*member, std::size_t number) {
        const auto first = std::ranges::find(parsed.events, number, member);
        return window.firstByte + window.events[first->number].begin;
    };
    windowLabels_.clear();
    for (std::size_t i = 0; i < parsed.labels.keys().size(); ++i)
        windowLabels_.push_back(labelOf(parsed.labels.keys()[i], [&firstWith, i] { return firstWith(&ParsedEvent::label, i); }));
    windowTracks_.clear();
    for (std::size_t i = 0; i < parsed.tracks.keys().size(); ++i)
        windowTracks_.push_back(trackOf(parsed.tracks.keys()[i], [&firstWith, i] { return firstWith(&ParsedEvent::track, i); }));
}

std::string EventNames::textOf(std::string_view content, const Byte &byte)
{
    bool isMended = false;
    std::string text = plainText(content, isMended);
    if (isMended)
        noteMended(content, Problem::NotUtf8, byte);
    if (text.size() <= longestName)
        return text;
    std::string shortened = elidedMiddle(text, longestName);
    if (shortened != text)
        noteMended(content, Problem::LongName, byte);
    return shortened;
}

void EventNames::noteMended(std::string_view content, Problem problem, const Byte &byte)
{
    if (mended_.size() < limits_.labels && mended_.insert(std::to_string(static_cast<int>(problem)) + std::string(content)).second) {
        countBytes(content.size());
        problems_.add(problem, byte());
    }
}

std::uint32_t EventNames::labelOf(const TokenTable::Key &key, const Byte &byte)
{
    return intern({textOf(contentOf(key[0]), byte), textOf(contentOf(key[1]), byte), stateOfColour(withoutEscapes(contentOf(key[2])))});
}

std::uint32_t EventNames::intern(Label label)
{
    std::string key = joinedKey({label.name, label.category, label.state ? stateKey(*label.state) : std::string_view()});
    if (const auto known = labels_.find(key); known != labels_.end())
        return known->second;
    if (events_.labels.size() > limits_.labels)
        return otherLabel;
    const auto number = static_cast<std::uint32_t>(events_.labels.size());
    countBytes(sizeof(Label) + key.size() + label.name.size() + label.category.size());
    labels_.emplace(std::move(key), number);
    events_.labels.push_back(std::move(label));
    return number;
}

std::uint32_t EventNames::processOf(std::string_view id, const Byte &byte)
{
    const auto [known, isNew] = processes_.try_emplace(withoutEscapes(id), static_cast<std::uint32_t>(events_.processes.size()));
    if (isNew) {
        events_.processes.emplace_back().id = textOf(id, byte);
        countBytes(sizeof(Process) + id.size() + events_.processes.back().id.size());
    }
    return known->second;
}

std::uint32_t EventNames::trackOf(const TokenTable::Key &key, const Byte &byte)
{
    std::string joined = joinedKey({withoutEscapes(key[0]), withoutEscapes(key[1])});
    if (const auto known = tracks_.find(joined); known != tracks_.end())
        return known->second;
    if (events_.tracks.size() >= limits_.lanes)
        return noTrack;
    const auto number = static_cast<std::uint32_t>(events_.tracks.size());
    countBytes(sizeof(Track) + 2 * joined.size());
    tracks_.emplace(std::move(joined), number);
    Track &track = events_.tracks.emplace_back();
    track.process = processOf(key[0], byte);
    track.id = textOf(key[1], byte);
    events_.processes[track.process].tracks.push_back(number);
    return number;
}

} // namespace loopscope::chrome
