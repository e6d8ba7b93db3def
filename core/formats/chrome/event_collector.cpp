#include "core/formats/chrome/event_collector.h"

#include "core/formats/chrome/event_fields.h"
#include "core/formats/chrome/json_string.h"
#include "core/formats/problem_list.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

namespace loopscope::chrome {

namespace {

constexpr std::uint32_t none = UINT32_MAX;

std::optional<double> finiteNumber(std::string_view token)
{
    const std::string_view text = contentOf(token);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

template <typename T>
std::optional<T> wholeNumber(std::string_view token)
{
    T value = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    return error == std::errc() && end == token.data() + token.size() ? std::optional(value) : std::nullopt;
}

MarkKind asyncKind(char phase)
{
    if (phase == 'b' || phase == 'S')
        return MarkKind::Begin;
    return phase == 'e' || phase == 'F' ? MarkKind::End : MarkKind::Instant;
}

} // namespace

EventCollector::EventCollector(const ImportLimits &limits)
    : limits_(limits)
    , names_(limits_, events_, problems_)
{
}

std::string EventCollector::textOf(std::string_view content, const Current &current)
{
    return names_.textOf(content, [&current] { return current.byte; });
}

void EventCollector::add(const EventWindow &window, const ParsedWindow &parsed)
{
    names_.lookUp(window, parsed);
    problems_.add(parsed.problems);
    for (const ParsedEvent &event : parsed.events) {
        const std::uint64_t byte = window.firstByte + window.events[event.number].begin;
        const std::uint32_t track = names_.trackOf(event);
        const std::uint32_t label = names_.labelOf(event);
        if (label == EventNames::otherLabel)
            problems_.add(Problem::TooManyNames, byte);
        if (track == EventNames::noTrack) {
            problems_.add(Problem::TooManyLanes, byte);
            continue;
        }
        collect({event, isSlicePhase(event.phase) ? nullptr : parsed.rare.data() + event.rare,
                 static_cast<std::uint32_t>(std::min<std::uint64_t>(window.firstEvent + event.number, none)), label, track, byte});
    }
}

void EventCollector::see(Nanoseconds at, Nanoseconds end)
{
    events_.earliest = std::min(events_.earliest, at);
    events_.latest = std::max(events_.latest, end);
    ++events_.kept;
}

void EventCollector::collect(const Current &current)
{
    switch (current.event.phase) {
    case 'B':
    case 'E':
    case 'X':
        return addSlice(current);
    case 'i':
    case 'I':
    case 'R':
        return addInstant(current);
    case 's':
    case 't':
    case 'f':
        return addFlow(current);
    case 'C':
        return addSamples(current);
    case 'M':
        return addMetadata(current);
    default:
        return addAsync(current);
    }
}

void EventCollector::addSlice(const Current &current)
{
    const ParsedEvent &event = current.event;
    const MarkKind kind = event.phase == 'B' ? MarkKind::Begin : event.phase == 'E' ? MarkKind::End : MarkKind::Complete;
    Track &track = events_.tracks[current.track];
    track.isUsed = true;
    track.isSorted = track.isSorted && (track.slices.empty() || track.slices.back().at <= event.at);
    SliceMark &mark = track.slices.emplace_back();
    events_.bytes += sizeof(SliceMark);
    mark.at = event.at;
    mark.end = event.end;
    mark.event = current.number;
    mark.label = current.label & 0xFFFFFFU;
    mark.kind = static_cast<unsigned>(kind) & 0xFU;
    mark.hasArguments = event.hasArguments ? 1 : 0;
    events_.hasArguments |= event.hasArguments;
    see(event.at, kind == MarkKind::Complete ? event.end : event.at);
}

void EventCollector::addInstant(const Current &current)
{
    events_.tracks[current.track].isUsed = true;
    events_.hasArguments |= current.event.hasArguments;
    events_.bytes += sizeof(InstantMark);
    events_.instants.push_back({current.event.at, current.track, current.number, current.label});
    see(current.event.at, current.event.at);
}

// The number of an id, or `none` if there are too many; `count` is how many there are.
std::uint32_t EventCollector::idOf(const Current &current, std::string key, Numbers &numbers, std::uint32_t count)
{
    if (const auto known = numbers.find(key); known != numbers.end())
        return known->second;
    if (count >= limits_.ids) {
        problems_.add(Problem::TooManyIds, current.byte);
        return none;
    }
    constexpr std::size_t bytesOfEntry = 160; // of a map, and what the id is of
    events_.bytes += key.size() + bytesOfEntry;
    numbers.emplace(std::move(key), count);
    return count;
}

// Ids are those of a category, and of a process unless they say that they are global; those of the legacy S T p F are of a name as well.
void EventCollector::addAsync(const Current &current)
{
    const bool isLegacy = std::string_view("STpF").find(current.event.phase) != std::string_view::npos;
    const Label &label = events_.labels[current.label];
    const std::uint32_t process = events_.tracks[current.track].process;
    const std::string scopeProcess = current.rare->isIdGlobal ? std::string() : std::to_string(process);
    const std::uint32_t id = idOf(current,
                                  joinedKey({label.category, isLegacy ? "S" + label.name : "b", withoutEscapes(current.rare->scope),
                                             scopeProcess, withoutEscapes(current.rare->id)}),
                                  asyncIds_, static_cast<std::uint32_t>(events_.processOfId.size()));
    if (id == none)
        return;
    if (id == events_.processOfId.size())
        events_.processOfId.push_back(process);
    std::uint32_t ownLabel = current.label;
    if (current.event.phase == 'T' || current.event.phase == 'p') {
        const std::string_view step = contentOf(memberOf(current.rare->arguments, "step"));
        if (!step.empty())
            ownLabel = names_.intern({textOf(step, current), label.category, {}});
    }
    events_.hasArguments |= current.event.hasArguments;
    events_.bytes += sizeof(AsyncMark);
    events_.async.push_back({current.event.at, id, current.number, ownLabel, asyncKind(current.event.phase), current.event.hasArguments});
    see(current.event.at, current.event.at);
}

void EventCollector::addFlow(const Current &current)
{
    Track &track = events_.tracks[current.track];
    const std::string name = current.rare->isOfSlice ? std::string() : std::to_string(current.label);
    const std::string_view reach = current.rare->isIdGlobal ? "global" : "";
    const std::uint32_t id = idOf(current, joinedKey({name, withoutEscapes(current.rare->scope), reach, withoutEscapes(current.rare->id)}),
                                  flowIds_, events_.flowIds);
    if (id == none)
        return;
    events_.flowIds = std::max(events_.flowIds, id + 1);
    track.isUsed = true;
    events_.bytes += sizeof(FlowMark);
    events_.flows.push_back({current.event.at, id, current.track, current.number, current.label, current.event.phase,
                             current.event.phase != 'f' || current.rare->bindsEnclosing});
    see(current.event.at, current.event.at);
}

void EventCollector::addSamples(const Current &current)
{
    MemberWalk values(current.rare->arguments);
    bool hasAny = false;
    while (values.next()) {
        hasAny = true;
        addSample(current, values.key(), values.value());
    }
    if (!hasAny)
        problems_.add(Problem::BadValue, current.byte);
}

void EventCollector::addSample(const Current &current, std::string_view seriesKey, std::string_view token)
{
    const auto value = finiteNumber(token);
    if (!value)
        return problems_.add(Problem::BadValue, current.byte);
    const std::string &name = events_.labels[current.label].name;
    const std::uint32_t process = events_.tracks[current.track].process;
    const std::uint32_t number = idOf(
        current,
        joinedKey({std::to_string(process), std::to_string(current.label), withoutEscapes(current.rare->id), withoutEscapes(seriesKey)}),
        series_, static_cast<std::uint32_t>(events_.series.size()));
    if (number == none)
        return;
    if (number == events_.series.size()) {
        const std::string id = current.rare->id.empty() ? std::string() : '[' + textOf(current.rare->id, current) + ']';
        const std::string key = textOf(seriesKey, current);
        events_.series.push_back({name + id + (key == "value" || key == name ? std::string() : ' ' + key), current.number, {}});
        events_.processes[process].series.push_back(number);
    }
    events_.bytes += sizeof(Sample);
    events_.series[number].samples.push_back({current.event.at, *value});
    see(current.event.at, current.event.at);
}

bool EventCollector::setText(const Current &current, std::string_view key, std::string &text)
{
    const std::string_view token = memberOf(current.rare->arguments, key);
    if (token.empty() || token.front() == '{' || token.front() == '[')
        return false;
    events_.bytes -= text.size();
    text = textOf(contentOf(token), current);
    events_.bytes += text.size();
    return true;
}

bool EventCollector::setSortIndex(const Current &current, std::int64_t &index)
{
    constexpr double furthest = 1e15;
    const auto value = finiteNumber(memberOf(current.rare->arguments, "sort_index"));
    if (!value || std::abs(*value) > furthest)
        return false;
    index = static_cast<std::int64_t>(*value);
    return true;
}

bool EventCollector::addMark(const Current &current)
{
    EarlierFacts &earlier = events_.earlier;
    const auto id = wholeNumber<MarkId>(memberOf(current.rare->arguments, "mark"));
    const auto last = wholeNumber<MarkId>(memberOf(current.rare->arguments, "last_mark"));
    const auto at = wholeNumber<Nanoseconds>(memberOf(current.rare->arguments, "at_ns"));
    std::string name;
    if (!id || !last || !at || *at < 0 || *at > latestTime || !setText(current, "name", name))
        return false;
    Mark mark{*id, *at, std::move(name)};
    if (!Marks::restored({mark}, *last))
        return false;
    earlier.lastMark = std::max(earlier.lastMark, *last);
    earlier.marks.push_back(std::move(mark));
    events_.bytes += sizeof(Mark);
    return true;
}

// Not all that a trace had is exported again, but its time goes on from where it began to where it ended.
bool EventCollector::addRange(const Current &current)
{
    const auto begin = wholeNumber<Nanoseconds>(memberOf(current.rare->arguments, "begin_ns"));
    const auto end = wholeNumber<Nanoseconds>(memberOf(current.rare->arguments, "end_ns"));
    if (!begin || !end || *begin < 0 || *end < *begin || *end > latestTime)
        return false;
    events_.earliest = std::min(events_.earliest, *begin);
    events_.latest = std::max(events_.latest, *end);
    return true;
}

bool EventCollector::addNote(const Current &current)
{
    std::string note;
    if (events_.earlier.notes.size() >= mostTold)
        return true;
    if (!setText(current, "note", note))
        return false;
    events_.earlier.notes.push_back(std::move(note));
    events_.bytes += sizeof(std::string);
    return true;
}

bool EventCollector::addProblem(const Current &current)
{
    ImportProblem problem;
    if (events_.earlier.problems.size() >= mostTold)
        return true;
    const auto count = wholeNumber<std::uint64_t>(memberOf(current.rare->arguments, "count"));
    const auto firstByte = wholeNumber<std::uint64_t>(memberOf(current.rare->arguments, "first_byte"));
    if (!count || *count == 0 || !firstByte || !setText(current, "what", problem.what))
        return false;
    if (!problem.what.starts_with(earlierProblem))
        problem.what.insert(0, earlierProblem);
    problem.count = *count;
    problem.firstByte = *firstByte;
    problem.isLeftOut = memberOf(current.rare->arguments, "left_out") == "true";
    events_.earlier.problems.push_back(std::move(problem));
    events_.bytes += sizeof(ImportProblem);
    return true;
}

void EventCollector::addMetadata(const Current &current)
{
    const std::string &what = events_.labels[current.label].name;
    Track &track = events_.tracks[current.track];
    Process &process = events_.processes[track.process];
    bool isGood = true; // what is unknown is for others
    if (what == "process_name")
        isGood = setText(current, "name", process.name);
    else if (what == "thread_name")
        isGood = setText(current, "name", track.name);
    else if (what == "process_labels")
        isGood = setText(current, "labels", process.labels);
    else if (what == "process_sort_index")
        isGood = setSortIndex(current, process.sortIndex);
    else if (what == "thread_sort_index")
        isGood = setSortIndex(current, track.sortIndex);
    else if (what == "loopscope_range")
        isGood = addRange(current);
    else if (what == "loopscope_mark")
        isGood = addMark(current);
    else if (what == "loopscope_note")
        isGood = addNote(current);
    else if (what == "loopscope_problem")
        isGood = addProblem(current);
    if (!isGood)
        problems_.add(Problem::BadMetadata, current.byte);
    ++events_.kept;
}

} // namespace loopscope::chrome
