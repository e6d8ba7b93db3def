#include "core/analysis/stalls.h"
#include "core/formats/run_report.h"
#include "core/text/utf8.h"

#include <array>
#include <ostream>
#include <string_view>

#include <rapidjson/encodings.h>
#include <rapidjson/writer.h>

namespace loopscope {

namespace {

/// An output stream as RapidJSON wants it. A std::ostream a character is slow.
class BufferedOutput {
public:
    using Ch = char;

    explicit BufferedOutput(std::ostream &out)
        : out_(out)
    {
    }

    void Put(char c)
    {
        if (used_ == buffer_.size())
            Flush();
        buffer_[used_++] = c;
    }
    void Flush()
    {
        out_.write(buffer_.data(), static_cast<std::streamsize>(used_));
        used_ = 0;
    }

private:
    std::ostream &out_;
    std::array<char, 16384> buffer_{};
    std::size_t used_ = 0;
};

// RapidJSON looks for it by the stream's namespace: its own is declared too late for its transcoder.
void PutUnsafe(BufferedOutput &output, char c)
{
    output.Put(c);
}

/// The writer stops at bytes that are no UTF-8.
std::string validText(std::string_view bytes)
{
    std::string text;
    while (!bytes.empty()) {
        const std::size_t valid = validUtf8Prefix(bytes);
        text += bytes.substr(0, valid);
        bytes.remove_prefix(valid);
        if (bytes.empty())
            break;
        text += escapedByte(bytes.front());
        bytes.remove_prefix(1);
    }
    return text;
}

class JsonReport {
public:
    JsonReport(const Trace &trace, std::ostream &out)
        : trace_(trace)
        , out_(out)
        , buffer_(out)
        , json_(buffer_)
    {
    }

    void write()
    {
        json_.StartObject();
        writeRun();
        writeArray("tasks", trace_.tasks(), [this](LaneId task) { writeTask(task); });
        writeLoop();
        writeArray("workers_lanes", trace_.workers(), [this](LaneId worker) { writeWorker(worker); });
        writeArray("wakes", trace_.wakes(), [this](const Wake &wake) { writeWake(wake); });
        json_.EndObject();
        buffer_.Put('\n');
        buffer_.Flush();
        out_.flush();
    }

private:
    void key(std::string_view name) { json_.Key(name.data(), static_cast<rapidjson::SizeType>(name.size())); }
    void string(std::string_view text)
    {
        const std::string valid = validText(text);
        json_.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
    }
    void number(std::string_view name, std::int64_t value)
    {
        key(name);
        json_.Int64(value);
    }
    void count(std::string_view name, std::uint64_t value)
    {
        key(name);
        json_.Uint64(value);
    }
    void text(std::string_view name, std::string_view value)
    {
        key(name);
        string(value);
    }
    /// Null if empty.
    void optionalText(std::string_view name, std::string_view value)
    {
        key(name);
        if (value.empty())
            json_.Null();
        else
            string(value);
    }
    void lane(std::string_view name, LaneId id)
    {
        key(name);
        if (trace_.hasLane(id))
            json_.Uint(id);
        else
            json_.Null();
    }
    void range(TimeRange range)
    {
        number("begin_ns", range.begin);
        number("end_ns", range.end);
    }
    template <typename Items, typename Write>
    void writeArray(std::string_view name, const Items &items, Write writeItem)
    {
        key(name);
        json_.StartArray();
        for (const auto &item : items) {
            if (!out_)
                break;
            writeItem(item);
        }
        json_.EndArray();
    }
    template <typename Write>
    void writeSpans(LaneId id, Write writeSpan)
    {
        key("spans");
        json_.StartArray();
        for (std::size_t i = 0; i < trace_.spanCount(id) && out_; ++i) {
            json_.StartObject();
            writeSpan(trace_.span(id, i));
            json_.EndObject();
        }
        json_.EndArray();
    }

    void writeRun();
    void writeTask(LaneId id);
    void writeFile(const TaskFacts &task);
    void writeStates(LaneId id);
    void writeTaskSpan(const Span &span);
    void writeLoop();
    void writeWorker(LaneId id);
    void writeWake(const Wake &wake);

    const Trace &trace_;
    std::ostream &out_;
    BufferedOutput buffer_;
    rapidjson::Writer<BufferedOutput, rapidjson::UTF8<>, rapidjson::ASCII<>> json_;
};

void JsonReport::writeRun()
{
    const RunInfo &info = trace_.info();
    number("version", 1);
    number("started_unix_ns", info.startedUnixNs);
    number("workers", info.workers);
    key("skipped");
    json_.StartObject();
    for (const auto &[kind, skipped] : info.skipped)
        count(validText(kind), skipped);
    json_.EndObject();
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
    json_.StartObject();
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
    json_.EndObject();
}

void JsonReport::writeFile(const TaskFacts &task)
{
    if (!task.file) {
        for (const char *name : {"bytes", "lines", "valid_utf8"}) {
            key(name);
            json_.Null();
        }
        return;
    }
    count("bytes", task.file->bytes);
    count("lines", task.file->lines);
    key("valid_utf8");
    if (task.file->firstInvalidUtf8)
        json_.Bool(false);
    else if (task.outcome == Outcome::Done)
        json_.Bool(true);
    else
        json_.Null(); // what was not read is not known
}

void JsonReport::writeStates(LaneId id)
{
    const StateTimes times = trace_.times(id);
    key("states");
    json_.StartObject();
    for (const State state : taskStates)
        number(std::string(stateKey(state)) + "_ns", times[state]);
    json_.EndObject();
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
    const std::vector<Stall> stalls = findStalls(trace_);
    const LoopUse use = loopUse(trace_, stalls);
    key("loop");
    json_.StartObject();
    number("busy_ns", use.busy);
    number("idle_ns", use.idle);
    writeArray("stalls", stalls, [this](const Stall &stall) {
        json_.StartObject();
        range(stall.range);
        lane("task", stall.task);
        json_.EndObject();
    });
    json_.EndObject();
}

void JsonReport::writeWorker(LaneId id)
{
    json_.StartObject();
    number("id", id);
    writeSpans(id, [this](const Span &span) {
        lane("task", span.peer);
        range(span.range());
    });
    json_.EndObject();
}

void JsonReport::writeWake(const Wake &wake)
{
    json_.StartObject();
    lane("from", wake.from);
    lane("to", wake.to);
    number("at_ns", wake.at);
    json_.EndObject();
}

} // namespace

void writeJsonReport(const Trace &trace, std::ostream &out)
{
    JsonReport(trace, out).write();
}

} // namespace loopscope
