#include "core/formats/exported_run_builder.h"

#include "core/formats/chrome/json_scan.h"
#include "core/formats/chrome_export.h"
#include "core/formats/run_info_json.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

std::optional<LaneKind> laneKindOf(std::string_view key)
{
    for (const auto &[name, kind] :
         {std::pair("loop", LaneKind::Loop), std::pair("worker", LaneKind::Worker), std::pair("task", LaneKind::Task)}) {
        if (key == name)
            return kind;
    }
    return std::nullopt;
}

Outcome outcomeOf(std::optional<std::string_view> key)
{
    for (const Outcome outcome : {Outcome::Done, Outcome::Cancelled, Outcome::Failed}) {
        if (key == outcomeKey(outcome))
            return outcome;
    }
    return Outcome::Unfinished;
}

/// A time that a span can have, or nothing.
std::optional<Nanoseconds> timeIn(JsonObject &object, std::string_view name)
{
    const auto time = numberIn(object, name);
    return time && *time >= 0 && *time <= latestTime ? time : std::nullopt;
}

std::unique_ptr<FileFacts> fileIn(JsonObject &arguments)
{
    JsonObject object;
    if (arguments["file"].get(object) != simdjson::SUCCESS)
        return nullptr;
    auto file = std::make_unique<FileFacts>();
    file->path = exactTextIn(object, "path").value_or("");
    file->bytes = countIn(object, "bytes").value_or(0);
    file->size = countIn(object, "size");
    file->lines = countIn(object, "lines").value_or(0);
    file->firstInvalidUtf8 = countIn(object, "first_invalid_utf8");
    if (const auto preview = exactTextIn(object, "preview"))
        file->preview = std::make_shared<const std::string>(preview->substr(0, mostPreviewBytes));
    return file;
}

/// Whether a key is written with escapes, which the parser does not resolve, of the object itself or of one in it down to a depth. `json`
/// is valid.
bool hasEscapedKey(std::string_view json, std::size_t deepest)
{
    if (json.find('\\') == std::string_view::npos)
        return false;
    std::size_t depth = 0;
    const char *end = json.data() + json.size();
    for (const char *at = json.data(); at < end; ++at) {
        if (*at == '{' || *at == '[')
            ++depth;
        if (*at == '}' || *at == ']')
            --depth;
        if (*at != '"')
            continue;
        const std::string_view text(at, static_cast<std::size_t>(chrome::findStringEnd(at + 1, end) - at));
        at += text.size();
        const char *next = at < end ? chrome::skipWhiteSpace(at + 1, end) : end;
        if (depth <= deepest && next < end && *next == ':' && text.find('\\') != std::string_view::npos)
            return true;
    }
    return false;
}

} // namespace

ExportedRunBuilder::ExportedRunBuilder()
    : trace_(std::make_shared<Trace>())
    , names_{0}
    , sites_{0}
    , endings_(1)
{
}

tl::expected<void, std::string> ExportedRunBuilder::take(const JsonMembers::Member &member)
{
    // What reads a value only when it is asked for must not go on where that is no JSON: so all of it is looked at before.
    const bool isJson = checker_.parse(member.value.data(), member.value.size(), false).error() == simdjson::SUCCESS
                        && !hasEscapedKey(member.value, member.isElement ? SIZE_MAX : 1); // kinds of what was skipped are keys, too
    simdjson::ondemand::document document;
    JsonObject object;
    byte_ = member.at;
    const simdjson::padded_string_view text(member.value.data(), member.value.size(), member.value.size() + JsonMembers::padding);
    const bool isObject = isJson && parser_.iterate(text).get(document) == simdjson::SUCCESS && document.get(object) == simdjson::SUCCESS;
    if (member.isElement) {
        if (!isObject || !takeEvent(object))
            problems_.leaveOut("events that are not as Loopscope writes them were left out", member.at);
    } else if (member.key == "otherData") {
        if (isObject)
            return takeOtherData(object);
        problems_.leaveOut("what is known of the run as a whole could not be read", member.at);
    }
    return {};
}

tl::expected<void, std::string> ExportedRunBuilder::takeOtherData(JsonObject &object)
{
    const auto version = numberIn(object, "version");
    if (version.value_or(0) > exportedRunVersion)
        return tl::unexpected("it was exported by a newer version of Loopscope (format " + std::to_string(*version)
                              + ", and this one knows " + std::to_string(exportedRunVersion) + ')');
    now_ = std::clamp<Nanoseconds>(numberIn(object, "now_ns").value_or(0), 0, latestTime);
    lastMark_ = smallCountIn(object, "last_mark").value_or(0);
    readRunInfo(object, info_);
    return {};
}

bool ExportedRunBuilder::takeEvent(JsonObject &event)
{
    const auto phase = textIn(event, "ph");
    if (!phase || phase->size() != 1)
        return false;
    switch (phase->front()) {
    case 'M':
        return takeMetadata(event);
    case 'X':
        return takeSpan(event, false);
    case 'B':
        return takeSpan(event, true);
    case 'f': {
        JsonObject arguments;
        return event["args"].get(arguments) == simdjson::SUCCESS && takeWake(arguments);
    }
    case 'i':
        return textIn(event, "cat") != "mark" || takeMark(event);
    case 's':
    case 'C':
        return true; // for others: all of it follows from the rest
    default:
        return false;
    }
}

bool ExportedRunBuilder::takeMetadata(JsonObject &event)
{
    const auto name = textIn(event, "name");
    JsonObject arguments;
    if (!name || event["args"].get(arguments) != simdjson::SUCCESS)
        return false;
    if (name == "loopscope_names")
        return takeNames(arguments);
    if (name == "loopscope_sites")
        return takeSites(arguments);
    if (name == "loopscope_lane")
        return takeLane(arguments);
    return name != "loopscope_wake" || takeWake(arguments);
}

bool ExportedRunBuilder::takeNames(JsonObject &arguments)
{
    std::vector<std::string> names;
    if (countIn(arguments, "first") != names_.size())
        return false;
    readExactTexts(arguments, "names", names);
    for (const std::string &name : names)
        names_.push_back(trace_->internName(name));
    return true;
}

bool ExportedRunBuilder::takeSites(JsonObject &arguments)
{
    simdjson::ondemand::array sites;
    if (countIn(arguments, "first") != sites_.size() || arguments["sites"].get(sites) != simdjson::SUCCESS)
        return false;
    for (auto value : sites) {
        simdjson::ondemand::array parts;
        if (value.get(parts) != simdjson::SUCCESS)
            return false;
        std::vector<std::uint64_t> numbers;
        for (auto part : parts) {
            std::uint64_t number = 0;
            if (part.get(number) != simdjson::SUCCESS || numbers.size() == 4)
                return false;
            numbers.push_back(number);
        }
        const bool isKnown = numbers.size() == 4 && std::ranges::all_of(numbers.begin(), numbers.begin() + 3, [this](std::uint64_t name) {
                                 return name < names_.size();
                             });
        if (!isKnown || numbers[3] > UINT32_MAX)
            return false;
        const auto text = [&](std::size_t i) { return trace_->name(names_[numbers[i]]); };
        sites_.push_back(trace_->internSite(text(0), text(1), text(2), static_cast<std::uint32_t>(numbers[3])));
    }
    return true;
}

bool ExportedRunBuilder::takeLane(JsonObject &arguments)
{
    const auto id = countIn(arguments, "lane");
    const auto kind = laneKindOf(textIn(arguments, "lane_kind").value_or(""));
    const auto name = exactTextIn(arguments, "name");
    const auto begin = timeIn(arguments, "begin_ns");
    if (!id || !kind || !name || !begin)
        return false;
    if (kind == LaneKind::Loop ? *id != loopLaneId : *id != trace_->laneCount())
        return false;
    const LaneId lane = kind == LaneKind::Loop ? loopLaneId : trace_->addLane(*kind, *name, *begin);
    if (lane == noLane)
        return false;
    endings_.resize(trace_->laneCount());
    endings_[lane].at = timeIn(arguments, "end_ns");
    endings_[lane].byte = byte_;
    if (flagIn(arguments, "incomplete"))
        trace_->markIncomplete(lane);
    endings_[lane].rank = smallCountIn(arguments, "ended_as").value_or(0);
    takeFacts(lane, arguments);
    return true;
}

void ExportedRunBuilder::takeFacts(LaneId lane, JsonObject &arguments)
{
    const auto name = [&](std::string_view key) {
        const auto text = exactTextIn(arguments, key);
        return text ? trace_->internName(*text) : NameId(0);
    };
    TaskFacts told;
    told.kind = name("kind");
    told.error = name("error");
    told.note = name("note");
    told.result = name("result");
    told.parent = smallCountIn(arguments, "parent").value_or(noLane);
    endings_[lane].outcome = outcomeOf(textIn(arguments, "outcome"));
    told.file = fileIn(arguments);
    trace_->changeTask(lane, [&told](TaskFacts &facts) { facts = std::move(told); });
}

bool ExportedRunBuilder::takeSpan(JsonObject &event, bool isOpen)
{
    const auto thread = countIn(event, "tid");
    const auto begin = microsecondsIn(event, "ts");
    const auto length = isOpen ? 0 : microsecondsIn(event, "dur");
    const auto state = stateOfKey(textIn(event, "name").value_or(""));
    if (!thread || *thread == 0 || *thread > trace_->laneCount() || !begin || !length || !state || state == State::Slice)
        return false;
    JsonObject arguments;
    std::uint64_t site = 0;
    std::uint64_t peer = noLane;
    if (event["args"].get(arguments) == simdjson::SUCCESS) {
        site = countIn(arguments, "site").value_or(0);
        peer = countIn(arguments, "peer").value_or(noLane);
    }
    const auto lane = static_cast<LaneId>(*thread - 1);
    const SpanStore &spans = trace_->lane(lane).spans;
    const Nanoseconds earliest = spans.isEmpty() ? trace_->lane(lane).begin : spans.end();
    const bool isInOrder = *begin >= earliest && *begin <= latestTime && *length >= 0 && *length <= latestTime - *begin;
    const bool isKnown = site < sites_.size() && (peer == noLane || peer < trace_->laneCount());
    if (!isInOrder || !isKnown || trace_->lane(lane).isOpen())
        return false;
    trace_->enter(lane, *begin, *state, sites_[site], static_cast<LaneId>(peer));
    if (!isOpen)
        trace_->leave(lane, *begin + *length);
    return true;
}

bool ExportedRunBuilder::takeWake(JsonObject &arguments)
{
    const auto at = timeIn(arguments, "at_ns");
    const std::uint64_t from = countIn(arguments, "from").value_or(noLane);
    const std::uint64_t to = countIn(arguments, "to").value_or(noLane);
    const auto isKnown = [this](std::uint64_t lane) { return lane == noLane || lane < trace_->laneCount(); };
    if (!at || !isKnown(from) || !isKnown(to))
        return false;
    wakes_.push_back({*at, static_cast<LaneId>(from), static_cast<LaneId>(to)});
    return true;
}

bool ExportedRunBuilder::takeMark(JsonObject &event)
{
    JsonObject arguments;
    if (event["args"].get(arguments) != simdjson::SUCCESS)
        return false;
    const auto id = smallCountIn(arguments, "mark");
    const auto at = timeIn(arguments, "at_ns");
    auto name = exactTextIn(arguments, "name");
    if (!id || !at || !name)
        return false;
    marks_.push_back({*id, *at, *std::move(name)});
    return true;
}

void ExportedRunBuilder::endLane(LaneId id, Nanoseconds at)
{
    const Lane &lane = trace_->lane(id);
    Nanoseconds earliest = lane.spans.isEmpty() ? lane.begin : lane.spans.end();
    if (const auto open = lane.open())
        earliest = open->begin;
    if (at < earliest)
        problems_.mend("ends of lanes that are before those of their spans were moved to these", endings_[id].byte);
    trace_->end(id, std::max(at, earliest));
}

void ExportedRunBuilder::endLanes()
{
    for (LaneId lane = 0; lane < trace_->laneCount(); ++lane) {
        if (endings_[lane].at)
            endLane(lane, *endings_[lane].at);
        const LaneId parent = trace_->lane(lane).task.parent;
        if (parent != noLane && !trace_->hasLane(parent))
            trace_->changeTask(lane, [](TaskFacts &facts) { facts.parent = noLane; });
    }
    std::vector<LaneId> ended;
    for (LaneId lane = 0; lane < trace_->laneCount(); ++lane) {
        if (endings_[lane].outcome != Outcome::Unfinished && trace_->lane(lane).kind == LaneKind::Task)
            ended.push_back(lane);
    }
    std::ranges::stable_sort(ended, {}, [this](LaneId lane) { return endings_[lane].rank; });
    for (const LaneId lane : ended)
        trace_->changeTask(lane, [&](TaskFacts &facts) { facts.outcome = endings_[lane].outcome; });
}

std::size_t ExportedRunBuilder::byteSize() const
{
    return trace_->byteSize() + wakes_.capacity() * sizeof(Wake) + marks_.capacity() * sizeof(Mark) + endings_.capacity() * sizeof(Ending)
           + names_.capacity() * sizeof(NameId) + sites_.capacity() * sizeof(SiteId);
}

OpenedTrace ExportedRunBuilder::finish()
{
    endLanes();
    trace_->addWakes(std::move(wakes_));
    trace_->advanceTo(now_);
    auto marks = Marks::restored(std::move(marks_), lastMark_);
    if (!marks)
        problems_.leaveOut("marks that contradict each other were left out", 0);
    trace_->changeInfo([this](RunInfo &info) {
        // What was found while reading comes on top of what was told.
        info_.spansNotKept += info.spansNotKept;
        info_.notes.insert(info_.notes.end(), info.notes.begin(), info.notes.end());
        info_.problems.insert(info_.problems.end(), problems_.all().begin(), problems_.all().end());
        info = std::move(info_);
    });
    return {std::move(trace_), std::move(marks).value_or(Marks())};
}

} // namespace loopscope
