#include "core/formats/chrome_imported_export.h"

#include "core/formats/chrome/flow_binding.h"

#include <limits>

namespace loopscope {

namespace {

constexpr Nanoseconds atTheEnd = std::numeric_limits<Nanoseconds>::max();

// As Chrome colours what the scheduler of a system says, which is how a state is told in this format.
const char *colourOf(State state)
{
    switch (state) {
    case State::Running:
        return "thread_state_running";
    case State::Ready:
        return "thread_state_runnable";
    case State::Awaiting:
        return "thread_state_sleeping";
    case State::Queued:
    case State::InWorker:
    case State::Blocking:
    case State::Slice:
        break;
    }
    return nullptr;
}

bool isAsync(const Trace &trace, LaneId lane)
{
    return trace.name(trace.lane(lane).task.kind) == "async";
}

} // namespace

ChromeImportedExport::ChromeImportedExport(const Trace &trace, const Marks &marks, ChromeEvents &events, ExportProgress &progress)
    : trace_(trace)
    , marks_(marks)
    , events_(events)
    , progress_(progress)
    , ids_(trace)
{
    for (const LaneId lane : trace.rows()) {
        if (trace.lane(lane).kind == LaneKind::Counter)
            ++namesakes_[{trace.processOf(lane), trace.nameOf(lane)}];
    }
}

void ChromeImportedExport::write()
{
    events_.text("displayTimeUnit", trace_.info().showsNanoseconds ? "ns" : "ms");
    events_.beginArray("traceEvents");
    writeOwnFacts();
    for (const LaneId process : trace_.processes())
        writeProcess(process);
    for (LaneId lane = 1; lane < trace_.laneCount() && goesOn(1); ++lane)
        writeLane(lane);
    writeFlows();
    events_.newLine();
    events_.endArray();
}

// What others have no use for.
void ChromeImportedExport::writeOwnFacts()
{
    const auto begin = [this](std::string_view name) {
        events_.beginEvent('M');
        events_.beginArguments(name);
    };
    begin("loopscope_range");
    events_.number("begin_ns", 0);
    events_.number("end_ns", trace_.now());
    events_.endMetadata();
    for (const Mark &mark : marks_.all()) {
        begin("loopscope_mark");
        events_.count("mark", mark.id);
        events_.count("last_mark", marks_.last());
        events_.number("at_ns", mark.at);
        events_.text("name", mark.name);
        events_.endMetadata();
    }
    for (const std::string &note : trace_.info().notes) {
        begin("loopscope_note");
        events_.text("note", note);
        events_.endMetadata();
    }
    for (const ImportProblem &problem : trace_.info().problems) {
        begin("loopscope_problem");
        events_.text("what", problem.what);
        events_.count("count", problem.count);
        events_.count("first_byte", problem.firstByte);
        events_.flag("left_out", problem.isLeftOut);
        events_.endMetadata();
    }
}

void ChromeImportedExport::writeProcess(LaneId process)
{
    const ImportedId &id = ids_.process(process);
    if (!id.name.empty()) {
        events_.beginEvent('M');
        writeIds(process);
        events_.nameMetadata("process_name", id.name);
        events_.endEvent();
    }
    events_.beginEvent('M');
    writeIds(process);
    events_.beginArguments("process_sort_index");
    events_.number("sort_index", process);
    events_.endMetadata();
    if (const NameId labels = trace_.lane(process).task.note; labels != 0) {
        events_.beginEvent('M');
        writeIds(process);
        events_.beginArguments("process_labels");
        events_.text("labels", trace_.name(labels));
        events_.endMetadata();
    }
}

void ChromeImportedExport::writeLane(LaneId lane)
{
    if (trace_.lane(lane).kind == LaneKind::Counter)
        return writeCounter(lane);
    if (trace_.lane(lane).kind != LaneKind::Thread)
        return;
    if (isAsync(trace_, lane))
        return writeAsync(lane);
    writeThreadMetadata(lane);
    writeThread(lane);
    writeInstants(lane);
}

void ChromeImportedExport::writeThreadMetadata(LaneId thread)
{
    if (const ImportedId &id = ids_.thread(thread); !id.name.empty()) {
        events_.beginEvent('M');
        writeIds(thread);
        events_.nameMetadata("thread_name", id.name);
        events_.endEvent();
    }
    events_.beginEvent('M');
    writeIds(thread);
    events_.beginArguments("thread_sort_index");
    events_.number("sort_index", thread);
    events_.endMetadata();
}

// Slices are X. Of those that follow each other and begin together, readers put the shorter ones into the longer ones: where it is the
// other way round, one is written as two events, for which only their order counts.
void ChromeImportedExport::writeThread(LaneId thread)
{
    MergedRows rows(trace_, thread);
    auto slice = rows.next();
    Span before{-1, -1};
    bool isAfterComplete = false;
    while (slice && goesOn(1)) {
        auto following = rows.next();
        const Span &span = slice->span;
        const bool isInEmpty = following && span.length() == 0 && following->span.begin == span.begin && following->row > slice->row;
        const bool isAfterShorter = isAfterComplete && before.begin == span.begin && before.length() < span.length();
        const bool isPair = !slice->isOpen && (isInEmpty || isAfterShorter);
        if (before.begin != span.begin)
            writeEnds(thread, span.begin, false);
        writeSlice(thread, *slice, isPair);
        isAfterComplete = !isPair && !slice->isOpen;
        before = span;
        slice = following;
    }
    writeEnds(thread, atTheEnd, false);
}

void ChromeImportedExport::writeSlice(LaneId thread, const MergedRows::Slice &slice, bool isPair)
{
    const Span &span = slice.span;
    beginEvent(slice.isOpen || isPair ? 'B' : 'X', thread, span.begin, span.site);
    if (isPair)
        ends_.push({span.end, slice.row, span.site, 0});
    else if (!slice.isOpen)
        events_.microseconds("dur", span.length());
    writeState(span.state);
    if (span.state == State::Slice)
        writeArguments(span.peer);
    events_.endEvent();
}

// Those that end until then.
void ChromeImportedExport::writeEnds(LaneId head, Nanoseconds until, bool areAsync)
{
    for (; !ends_.empty() && ends_.top().at <= until; ends_.pop()) {
        const PendingEnd &end = ends_.top();
        beginEvent(areAsync ? 'e' : 'E', head, end.at, end.site);
        if (areAsync)
            events_.count("id", end.id);
        events_.endEvent();
    }
}

void ChromeImportedExport::writeAsync(LaneId lane)
{
    MergedRows rows(trace_, lane);
    auto slice = rows.next();
    auto instants = trace_.imported().instants(lane);
    const bool isInstantFirst = !instants.empty() && (!slice || instants.front().at < slice->span.begin);
    AsyncIds ids(isInstantFirst ? instants.front().site : slice ? slice->span.site : 0, rows.rowCount(), nextId_);
    for (; slice && goesOn(1); slice = rows.next()) {
        const Span &span = slice->span;
        writeAsyncInstants(lane, instants, ids, span.begin);
        writeEnds(lane, span.begin, true);
        const std::uint64_t id = ids.idOf(span, slice->row, slice->isOpen);
        beginEvent('b', lane, span.begin, span.site);
        events_.count("id", id);
        writeState(span.state);
        if (span.state == State::Slice)
            writeArguments(span.peer);
        events_.endEvent();
        if (!slice->isOpen)
            ends_.push({span.end, slice->row, span.site, id});
    }
    writeAsyncInstants(lane, instants, ids, atTheEnd);
    writeEnds(lane, atTheEnd, true);
}

void ChromeImportedExport::writeAsyncInstants(LaneId lane, std::span<const Instant> &instants, AsyncIds &ids, Nanoseconds before)
{
    for (; !instants.empty() && instants.front().at < before && goesOn(1); instants = instants.subspan(1)) {
        const Instant &instant = instants.front();
        writeEnds(lane, instant.at, true);
        beginEvent('n', lane, instant.at, instant.site);
        events_.count("id", ids.idOfInstant(instant.at, instant.site));
        writeArguments(instant.event);
        events_.endEvent();
    }
}

void ChromeImportedExport::writeInstants(LaneId thread)
{
    for (const Instant &instant : trace_.imported().instants(thread)) {
        if (!goesOn(1))
            return;
        beginEvent('i', thread, instant.at, instant.site);
        events_.text("s", "t");
        writeArguments(instant.event);
        events_.endEvent();
    }
}

void ChromeImportedExport::writeCounter(LaneId counter)
{
    // Series of the same name are told apart by a category that they never had.
    const std::string category = std::to_string(counter);
    const bool hasNamesake = namesakes_[{trace_.processOf(counter), trace_.nameOf(counter)}] > 1;
    for (const Sample &sample : trace_.imported().samples(counter)) {
        if (!goesOn(1))
            return;
        events_.beginEvent('C');
        writeId("pid", ids_.process(trace_.processOf(counter)));
        events_.microseconds("ts", sample.at);
        events_.text("name", trace_.nameOf(counter));
        if (hasNamesake)
            events_.text("cat", category);
        events_.beginObject("args");
        events_.real("value", sample.value);
        events_.endObject();
        events_.endEvent();
    }
}

void ChromeImportedExport::writeFlows()
{
    for (const Flow &flow : trace_.imported().flows()) {
        if (!goesOn(1))
            return;
        const std::uint64_t id = nextId_++;
        writeFlowEnd('s', flow.from, flow.sent, flow.site, id, false);
        // One that binds to the slice that begins next comes before it: what begins and ends at once has gone by when it is there.
        const bool isEnclosing = isInnermost(flow.to, flow.received);
        const bool isBefore = !isEnclosing && beginsSlice(flow.to, flow.received) && flow.received > flow.sent;
        writeFlowEnd('f', flow.to, flow.received - (isBefore ? 1 : 0), flow.site, id, isEnclosing);
    }
}

void ChromeImportedExport::writeFlowEnd(char phase, LaneId lane, Nanoseconds at, SiteId site, std::uint64_t id, bool isEnclosing)
{
    if (!trace_.hasLane(lane))
        return;
    beginEvent(phase, trace_.headOf(lane), at, site);
    events_.count("id", id);
    if (isEnclosing)
        events_.text("bp", "e");
    events_.endEvent();
}

bool ChromeImportedExport::isInnermost(LaneId lane, Nanoseconds at) const
{
    const LaneId head = trace_.headOf(lane);
    LaneId innermost = head;
    for (LaneId row = head; row - head < chrome::rowsWithFlows && trace_.hasLane(row) && trace_.headOf(row) == head; ++row) {
        const std::size_t i = trace_.firstSpanEndingAfter(row, at);
        if (i == trace_.spanCount(row) || trace_.span(row, i).begin > at)
            break;
        innermost = row;
    }
    return innermost == lane;
}

bool ChromeImportedExport::beginsSlice(LaneId lane, Nanoseconds at) const
{
    if (!trace_.hasLane(lane))
        return false;
    const std::size_t i = trace_.firstSpanEndingAfter(lane, at - 1);
    return i < trace_.spanCount(lane)
           && (trace_.span(lane, i).begin == at || (i + 1 < trace_.spanCount(lane) && trace_.span(lane, i + 1).begin == at));
}

void ChromeImportedExport::beginEvent(char phase, LaneId head, Nanoseconds at, SiteId site)
{
    events_.beginEvent(phase);
    writeIds(head);
    events_.microseconds("ts", at);
    events_.text("name", trace_.name(trace_.site(site).reason));
    if (const NameId category = trace_.site(site).file; category != 0)
        events_.text("cat", trace_.name(category));
}

void ChromeImportedExport::writeIds(LaneId head)
{
    writeId("pid", ids_.process(trace_.processOf(head)));
    if (trace_.lane(head).kind == LaneKind::Thread && !isAsync(trace_, head))
        writeId("tid", ids_.thread(head));
}

void ChromeImportedExport::writeId(std::string_view key, const ImportedId &id)
{
    if (id.isNumber())
        events_.json(key, id.id);
    else if (!id.id.empty())
        events_.text(key, id.id);
}

void ChromeImportedExport::writeState(State state)
{
    if (const char *colour = colourOf(state))
        events_.text("cname", colour);
}

void ChromeImportedExport::writeArguments(EventId event)
{
    const std::string arguments = trace_.imported().arguments(event);
    if (arguments.empty())
        return;
    // They are as a stranger's file has them: "NaN", say, would make all of this no JSON.
    if (parser_.parse(arguments).error() == simdjson::SUCCESS) {
        events_.json("args", arguments);
        return;
    }
    events_.beginObject("args");
    events_.text("not JSON", arguments);
    events_.endObject();
}

} // namespace loopscope
