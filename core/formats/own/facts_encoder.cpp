#include "core/formats/own/trace_encoder.h"

namespace loopscope {

namespace {

// A number that may be unknown.
void write(ByteWriter &out, const std::optional<std::uint64_t> &value)
{
    out.number(static_cast<std::uint8_t>(value.has_value()));
    out.number(value.value_or(0));
}

void write(ByteWriter &out, const FileFacts &file)
{
    out.text(file.path);
    out.number(file.bytes);
    write(out, file.size);
    out.number(file.lines);
    write(out, file.firstInvalidUtf8);
    out.number(static_cast<std::uint8_t>(file.preview != nullptr));
    out.text(file.preview ? std::string_view(*file.preview) : std::string_view());
}

} // namespace

void encodeFacts(const Lane &lane, ByteWriter &out)
{
    const TaskFacts &facts = lane.task;
    out.number(lane.id);
    for (const NameId name : {facts.kind, facts.error, facts.note, facts.result})
        out.number(name);
    out.number(facts.parent);
    out.number(facts.outcome);
    out.number(static_cast<std::uint8_t>(facts.file != nullptr));
    if (facts.file)
        write(out, *facts.file);
}

bool encodeInfo(const Trace &trace, const BlockSink &sink)
{
    const RunInfo &info = trace.info();
    ByteWriter out;
    out.number(trace.now());
    out.text(info.title);
    out.number(info.startedUnixNs);
    out.number(static_cast<std::int32_t>(info.workers));
    out.number(static_cast<std::int32_t>(info.inFlight));
    for (const Nanoseconds time : {info.stallThreshold, info.wall, info.cpu})
        out.number(time);
    for (const std::uint64_t count : {info.peakRssBytes, info.droppedEvents, info.spansNotKept, info.tasksToCome})
        out.number(count);
    for (const bool flag : {info.showsNanoseconds, info.stopped, info.finished})
        out.number(static_cast<std::uint8_t>(flag));
    out.text(info.importedFrom);
    out.number(static_cast<std::uint32_t>(info.skipped.size()));
    for (const auto &[kind, count] : info.skipped) {
        out.text(kind);
        out.number(count);
    }
    out.number(static_cast<std::uint32_t>(info.notes.size()));
    for (const std::string &note : info.notes)
        out.text(note);
    out.number(static_cast<std::uint32_t>(info.problems.size()));
    for (const ImportProblem &problem : info.problems) {
        out.text(problem.what);
        out.number(problem.count);
        out.number(problem.firstByte);
        out.number(static_cast<std::uint8_t>(problem.isLeftOut));
    }
    out.number(static_cast<std::int32_t>(info.cores));
    return sink({BlockKind::Info, 0, out.bytes(), {}});
}

} // namespace loopscope
