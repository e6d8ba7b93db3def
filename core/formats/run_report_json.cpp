#include "core/analysis/critical_path.h"
#include "core/analysis/findings.h"
#include "core/analysis/stalls.h"
#include "core/formats/json_output.h"
#include "core/formats/run_report.h"

#include <ostream>
#include <string_view>

namespace loopscope {

namespace {

class JsonReport : private JsonOutput {
public:
    JsonReport(const Trace &trace, std::ostream &out)
        : JsonOutput(out)
        , trace_(trace)
        , out_(out)
        , stalls_(findStalls(trace))
    {
    }

    void write()
    {
        beginObject();
        writeRun();
        writeArray("tasks", trace_.tasks(), [this](LaneId task) { writeTask(task); });
        writeLoop();
        writeArray("workers_lanes", trace_.workers(), [this](LaneId worker) { writeWorker(worker); });
        writeArray("wakes", trace_.wakes(), [this](const Wake &wake) { writeWake(wake); });
        writeExplanation();
        endObject();
        newLine();
        flush();
        out_.flush();
    }

private:
    /// Null if empty.
    void optionalText(std::string_view name, std::string_view value)
    {
        if (value.empty())
            null(name);
        else
            text(name, value);
    }
    void lane(std::string_view name, LaneId id)
    {
        if (trace_.hasLane(id))
            count(name, id);
        else
            null(name);
    }
    void range(TimeRange range)
    {
        number("begin_ns", range.begin);
        number("end_ns", range.end);
    }
    template <typename Items, typename Write>
    void writeArray(std::string_view name, const Items &items, Write writeItem)
    {
        beginArray(name);
        for (const auto &item : items) {
            if (!out_)
                break;
            writeItem(item);
        }
        endArray();
    }
    template <typename Write>
    void writeSpans(LaneId id, Write writeSpan)
    {
        beginArray("spans");
        for (std::size_t i = 0; i < trace_.spanCount(id) && out_; ++i) {
            beginObject();
            writeSpan(trace_.span(id, i));
            endObject();
        }
        endArray();
    }

    void writeRun();
    void writeTask(LaneId id);
    void writeFile(const TaskFacts &task);
    void writeStates(LaneId id);
    void writeTaskSpan(const Span &span);
    void writeLoop();
    void writeWorker(LaneId id);
    void writeWake(const Wake &wake);
    void writeExplanation();
    void writeFinding(const Finding &finding);
    void writePiece(const PathPiece &piece);

    const Trace &trace_;
    std::ostream &out_;
    std::vector<Stall> stalls_;
};

void JsonReport::writeRun()
{
    const RunInfo &info = trace_.info();
    number("version", 1);
    number("started_unix_ns", info.startedUnixNs);
    number("workers", info.workers);
    beginObject("skipped");
    for (const auto &[kind, skipped] : info.skipped)
        count(validText(kind), skipped);
    endObject();
    number("wall_ns", info.wall);
    number("cpu_ns", info.cpu);
    count("peak_rss_bytes", info.peakRssBytes);
    count("dropped_events", info.droppedEvents);
    count("spans_not_kept", info.spansNotKept);
}

void JsonReport::writeTask(LaneId id)
{
    const Lane &lane = trace_.lane(id);
    const TaskFacts &task = lane.task;
    beginObject();
    number("id", id);
    text("name", task.file ? std::string_view(task.file->path) : trace_.nameOf(id));
    text("kind", trace_.name(task.kind));
    text("outcome", outcomeKey(task.outcome));
    optionalText("error", trace_.name(task.error));
    optionalText("note", trace_.name(task.note));
    optionalText("result", trace_.name(task.result));
    writeFile(task);
    range({lane.begin, lane.end().value_or(trace_.now())});
    writeStates(id);
    writeSpans(id, [this](const Span &span) { writeTaskSpan(span); });
    endObject();
}

void JsonReport::writeFile(const TaskFacts &task)
{
    if (!task.file) {
        for (const char *name : {"bytes", "lines", "valid_utf8"})
            null(name);
        return;
    }
    count("bytes", task.file->bytes);
    count("lines", task.file->lines);
    if (task.file->firstInvalidUtf8)
        flag("valid_utf8", false);
    else if (task.outcome == Outcome::Done)
        flag("valid_utf8", true);
    else
        null("valid_utf8"); // what was not read is not known
}

void JsonReport::writeStates(LaneId id)
{
    const StateTimes times = trace_.times(id);
    beginObject("states");
    for (const State state : taskStates)
        number(std::string(stateKey(state)) + "_ns", times[state]);
    endObject();
}

void JsonReport::writeTaskSpan(const Span &span)
{
    text("state", stateKey(span.state));
    range(span.range());
    optionalText("reason", trace_.reason(span.site));
    lane("worker", span.state == State::InWorker ? span.peer : noLane);
}

void JsonReport::writeLoop()
{
    const LoopUse use = loopUse(trace_, stalls_);
    beginObject("loop");
    number("busy_ns", use.busy);
    number("idle_ns", use.idle);
    writeArray("stalls", stalls_, [this](const Stall &stall) {
        beginObject();
        range(stall.range);
        lane("task", stall.task);
        endObject();
    });
    endObject();
}

void JsonReport::writeWorker(LaneId id)
{
    beginObject();
    number("id", id);
    writeSpans(id, [this](const Span &span) {
        lane("task", span.peer);
        range(span.range());
    });
    endObject();
}

void JsonReport::writeWake(const Wake &wake)
{
    beginObject();
    lane("from", wake.from);
    lane("to", wake.to);
    number("at_ns", wake.at);
    endObject();
}

void JsonReport::writeExplanation()
{
    const LoopHolds holds(trace_);
    writeArray("findings", findFindings(trace_, stalls_, holds), [this](const Finding &finding) { writeFinding(finding); });
    writeArray("critical_path", criticalPath(trace_, holds), [this](const PathPiece &piece) { writePiece(piece); });
}

void JsonReport::writeFinding(const Finding &finding)
{
    beginObject();
    text("kind", findingKey(finding.kind));
    lane("task", finding.task);
    range(finding.range);
    text("text", finding.text);
    text("remedy", finding.remedy().advice);
    writeArray("affected", finding.affected, [this](const AffectedTask &affected) {
        beginObject();
        lane("task", affected.task);
        number("waited_ns", affected.waited);
        endObject();
    });
    endObject();
}

void JsonReport::writePiece(const PathPiece &piece)
{
    beginObject();
    lane("lane", piece.task);
    optionalText("state", piece.state ? stateKey(*piece.state) : std::string_view());
    range(piece.range);
    endObject();
}

} // namespace

void writeJsonReport(const Trace &trace, std::ostream &out)
{
    JsonReport(trace, out).write();
}

} // namespace loopscope
