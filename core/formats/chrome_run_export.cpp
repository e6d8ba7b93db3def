#include "core/formats/chrome_run_export.h"

#include "core/analysis/task_counts.h"
#include "core/formats/chrome_export.h"
#include "core/formats/run_info_json.h"
#include "core/text/display_text.h"

#include <algorithm>
#include <optional>

namespace loopscope {

namespace {

constexpr std::int64_t processNumber = 1;
// So many names or sites are in one event, so that no event is much longer than others.
constexpr std::size_t listedAtOnce = 256;

std::int64_t threadOf(LaneId lane)
{
    return std::int64_t(lane) + 1;
}

std::string_view laneKindKey(LaneKind kind)
{
    return kind == LaneKind::Loop ? "loop" : kind == LaneKind::Worker ? "worker" : "task";
}

std::string shownName(const Trace &trace, const Lane &lane)
{
    const std::string name = displayText(trace.nameOf(lane.id));
    return lane.kind == LaneKind::Worker ? name + " #" + std::to_string(lane.number()) : name;
}

/// An instant just before `at`, or `at` itself, at which the lane is in a span; nothing if it is in none. What ends there has caused what
/// begins there.
std::optional<Nanoseconds> causeAt(const Trace &trace, LaneId lane, Nanoseconds at)
{
    if (!trace.hasLane(lane))
        return std::nullopt;
    for (const Nanoseconds instant : {at - 1, at}) {
        const std::size_t i = trace.firstSpanEndingAfter(lane, instant);
        if (i < trace.spanCount(lane) && trace.span(lane, i).begin <= instant)
            return instant;
    }
    return std::nullopt;
}

bool isInSpan(const Trace &trace, LaneId lane, Nanoseconds at)
{
    if (!trace.hasLane(lane))
        return false;
    const std::size_t i = trace.firstSpanEndingAfter(lane, at);
    return i < trace.spanCount(lane) && trace.span(lane, i).begin <= at;
}

} // namespace

ChromeRunExport::ChromeRunExport(const Trace &trace, const Marks &marks, ChromeEvents &events, ExportProgress &progress)
    : trace_(trace)
    , marks_(marks)
    , events_(events)
    , progress_(progress)
{
}

void ChromeRunExport::write()
{
    writeOtherData();
    events_.text("displayTimeUnit", "ns");
    events_.beginArray("traceEvents");
    events_.beginEvent('M', processNumber);
    events_.nameMetadata("process_name", displayText(trace_.info().title));
    events_.endEvent();
    writeNames();
    writeSites();
    writeMarks();
    // All lanes before the first span: what refers to a lane can be checked at once.
    std::vector<std::uint32_t> endedAs(trace_.laneCount());
    for (std::uint32_t i = 0; i < trace_.endedTasks().size(); ++i)
        endedAs[trace_.endedTasks()[i]] = i + 1;
    for (LaneId lane = 0; lane < trace_.laneCount() && goesOn(1); ++lane)
        writeLane(trace_.lane(lane), endedAs[lane]);
    for (LaneId lane = 0; lane < trace_.laneCount() && goesOn(0); ++lane)
        writeSpans(trace_.lane(lane));
    for (std::size_t i = 0; i < trace_.wakes().size() && goesOn(1); ++i)
        writeWake(trace_.wakes()[i], i + 1);
    writeCounters();
    events_.newLine();
    events_.endArray();
}

void ChromeRunExport::writeOtherData()
{
    events_.beginObject("otherData");
    events_.text("format", exportedRunFormat);
    events_.number("version", exportedRunVersion);
    events_.number("now_ns", trace_.now());
    events_.count("last_mark", marks_.last());
    writeRunInfo(events_, trace_.info());
    events_.endObject();
}

void ChromeRunExport::writeNames()
{
    for (std::size_t first = 1; first < trace_.nameCount() && goesOn(0); first += listedAtOnce) {
        events_.beginMetadata(processNumber, "loopscope_names");
        events_.count("first", first);
        events_.beginArray("names");
        for (std::size_t name = first; name < std::min(first + listedAtOnce, trace_.nameCount()); ++name)
            events_.exactText(trace_.name(static_cast<NameId>(name)));
        events_.endArray();
        events_.endMetadata();
    }
}

void ChromeRunExport::writeSites()
{
    for (std::size_t first = 1; first < trace_.siteCount() && goesOn(0); first += listedAtOnce) {
        events_.beginMetadata(processNumber, "loopscope_sites");
        events_.count("first", first);
        events_.beginArray("sites"); // of each: the numbers of reason, file and function, and the line
        for (std::size_t i = first; i < std::min(first + listedAtOnce, trace_.siteCount()); ++i) {
            const Site &site = trace_.site(static_cast<SiteId>(i));
            events_.beginArray();
            for (const std::uint32_t part : {site.reason, site.file, site.function, site.line})
                events_.count(part);
            events_.endArray();
        }
        events_.endArray();
        events_.endMetadata();
    }
}

void ChromeRunExport::writeMarks()
{
    for (const Mark &mark : marks_.all()) {
        events_.beginEvent('i', processNumber);
        events_.text("s", "g");
        events_.microseconds("ts", mark.at);
        events_.text("name", displayText(mark.name));
        events_.text("cat", "mark");
        events_.beginObject("args");
        events_.count("mark", mark.id);
        events_.number("at_ns", mark.at);
        events_.exactText("name", mark.name);
        events_.endObject();
        events_.endEvent();
    }
}

void ChromeRunExport::writeLane(const Lane &lane, std::uint64_t endedAs)
{
    events_.beginEvent('M', processNumber, threadOf(lane.id));
    events_.nameMetadata("thread_name", shownName(trace_, lane));
    events_.endEvent();
    events_.beginMetadata(processNumber, threadOf(lane.id), "thread_sort_index");
    events_.number("sort_index", lane.id);
    events_.endMetadata();
    events_.beginMetadata(processNumber, threadOf(lane.id), "loopscope_lane");
    events_.number("lane", lane.id);
    events_.text("lane_kind", laneKindKey(lane.kind));
    events_.exactText("name", lane.name);
    events_.number("begin_ns", lane.begin);
    if (lane.end())
        events_.number("end_ns", *lane.end());
    if (lane.incomplete)
        events_.flag("incomplete", true);
    if (endedAs > 0)
        events_.count("ended_as", endedAs); // 1 is the first task whose outcome became known
    writeFacts(lane.task);
    events_.endMetadata();
}

void ChromeRunExport::writeFacts(const TaskFacts &facts)
{
    const auto name = [this](std::string_view key, NameId id) {
        if (id != 0)
            events_.exactText(key, trace_.name(id));
    };
    name("kind", facts.kind);
    name("error", facts.error);
    name("note", facts.note);
    name("result", facts.result);
    if (facts.parent != noLane)
        events_.number("parent", facts.parent);
    if (facts.outcome != Outcome::Unfinished)
        events_.text("outcome", outcomeKey(facts.outcome));
    if (facts.file)
        writeFile(*facts.file);
}

void ChromeRunExport::writeFile(const FileFacts &file)
{
    events_.beginObject("file");
    events_.exactText("path", file.path);
    events_.count("bytes", file.bytes);
    if (file.size)
        events_.count("size", *file.size);
    events_.count("lines", file.lines);
    if (file.firstInvalidUtf8)
        events_.count("first_invalid_utf8", *file.firstInvalidUtf8);
    if (file.preview)
        events_.exactText("preview", *file.preview);
    events_.endObject();
}

void ChromeRunExport::writeSpans(const Lane &lane)
{
    const std::size_t count = trace_.spanCount(lane.id);
    for (std::size_t i = 0; i < count && goesOn(1); ++i)
        writeSpan(lane.id, trace_.span(lane.id, i), lane.isOpen() && i + 1 == count);
    writeEnd(lane);
}

void ChromeRunExport::writeSpan(LaneId lane, const Span &span, bool isOpen)
{
    events_.beginEvent(isOpen ? 'B' : 'X', processNumber, threadOf(lane));
    events_.microseconds("ts", span.begin);
    if (!isOpen)
        events_.microseconds("dur", span.length());
    events_.text("name", stateKey(span.state));
    events_.text("cat", "state");
    if (span.site != 0 || span.peer != noLane)
        writeArguments(span);
    events_.endEvent();
}

void ChromeRunExport::writeArguments(const Span &span)
{
    const Site &site = trace_.site(span.site);
    events_.beginObject("args");
    if (site.reason != 0)
        events_.text("reason", trace_.name(site.reason));
    if (site.file != 0)
        events_.text("source", trace_.name(site.file) + ':' + std::to_string(site.line));
    if (span.state == State::InWorker && trace_.hasLane(span.peer) && trace_.lane(span.peer).kind == LaneKind::Worker)
        events_.number("worker", trace_.lane(span.peer).number());
    if (span.site != 0)
        events_.number("site", span.site);
    if (span.peer != noLane)
        events_.number("peer", span.peer);
    events_.endObject();
}

void ChromeRunExport::writeEnd(const Lane &lane)
{
    if (lane.task.outcome == Outcome::Unfinished || !lane.end())
        return;
    events_.beginEvent('i', processNumber, threadOf(lane.id));
    events_.text("s", "t");
    events_.microseconds("ts", *lane.end());
    events_.text("name", outcomeKey(lane.task.outcome));
    events_.text("cat", "end");
    events_.beginObject("args");
    for (const auto &[key, name] : {std::pair("error", lane.task.error), {"note", lane.task.note}, {"result", lane.task.result}}) {
        if (name != 0)
            events_.text(key, trace_.name(name));
    }
    events_.endObject();
    events_.endEvent();
}

void ChromeRunExport::writeWake(const Wake &wake, std::uint64_t number)
{
    const auto cause = causeAt(trace_, wake.from, wake.at);
    const bool isFlow = cause && isInSpan(trace_, wake.to, wake.at);
    if (isFlow) {
        events_.beginEvent('s', processNumber, threadOf(wake.from));
        events_.microseconds("ts", *cause);
        events_.count("id", number);
        events_.text("name", "wake");
        events_.text("cat", "wake");
        events_.endEvent();
        events_.beginEvent('f', processNumber, threadOf(wake.to));
        events_.text("bp", "e");
        events_.microseconds("ts", wake.at);
        events_.count("id", number);
        events_.text("cat", "wake");
        events_.text("name", "wake");
        events_.beginObject("args");
    } else {
        // Perfetto counts an arrow without a slice at both of its ends as an error.
        events_.beginMetadata(processNumber, "loopscope_wake");
    }
    events_.number("at_ns", wake.at);
    if (wake.from != noLane)
        events_.number("from", wake.from);
    if (wake.to != noLane)
        events_.number("to", wake.to);
    events_.endMetadata();
}

void ChromeRunExport::writeCounters()
{
    TaskCountWalk walk(trace_);
    while (const auto change = walk.next()) {
        if (!goesOn(0))
            return;
        events_.beginEvent('C', processNumber);
        events_.microseconds("ts", change->at);
        events_.text("name", "tasks");
        events_.beginObject("args");
        events_.count("ready", change->counts.ready);
        events_.count("queued", change->counts.queued);
        events_.count("in flight", change->counts.inFlight);
        events_.endObject();
        events_.endEvent();
    }
}

} // namespace loopscope
