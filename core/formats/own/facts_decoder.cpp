#include "core/formats/own/trace_decoder.h"
#include "core/formats/problem_list.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

// A number of nothing, as RunInfo has it: neither negative nor near an overflow.
bool isUsableLength(Nanoseconds length)
{
    return length >= 0 && isUsableTime(length);
}

std::optional<std::uint64_t> optionalNumber(ByteReader &in)
{
    const bool isKnown = in.number<std::uint8_t>() != 0;
    const auto value = in.number<std::uint64_t>();
    return isKnown ? std::optional(value) : std::nullopt;
}

std::unique_ptr<FileFacts> fileFacts(ByteReader &in)
{
    auto file = std::make_unique<FileFacts>();
    file->path = in.text();
    file->bytes = in.number<std::uint64_t>();
    file->size = optionalNumber(in);
    file->lines = in.number<std::uint64_t>();
    file->firstInvalidUtf8 = optionalNumber(in);
    const bool hasPreview = in.number<std::uint8_t>() != 0;
    const std::string_view preview = in.text();
    if (hasPreview)
        file->preview = std::make_shared<const std::string>(preview.substr(0, mostPreviewBytes));
    return file;
}

std::vector<ImportProblem> problems(ByteReader &in)
{
    std::vector<ImportProblem> list;
    for (auto left = in.number<std::uint32_t>(); left > 0 && !in.hasFailed(); --left) {
        ImportProblem problem;
        problem.what = in.text();
        problem.count = in.number<std::uint64_t>();
        problem.firstByte = in.number<std::uint64_t>();
        problem.isLeftOut = in.number<std::uint8_t>() != 0;
        if (list.size() < mostTold)
            list.push_back(std::move(problem));
    }
    return list;
}

} // namespace

bool decodeInfo(ByteReader &in, RunInfo &info, Nanoseconds &now)
{
    now = in.number<Nanoseconds>();
    info.title = in.text();
    info.startedUnixNs = in.number<std::int64_t>();
    info.workers = in.number<std::int32_t>();
    info.inFlight = in.number<std::int32_t>();
    for (Nanoseconds *time : {&info.stallThreshold, &info.wall, &info.cpu})
        *time = in.number<Nanoseconds>();
    for (std::uint64_t *count : {&info.peakRssBytes, &info.droppedEvents, &info.spansNotKept, &info.tasksToCome})
        *count = in.number<std::uint64_t>();
    for (bool *flag : {&info.showsNanoseconds, &info.stopped, &info.finished})
        *flag = in.number<std::uint8_t>() != 0;
    info.importedFrom = in.text();
    for (auto left = in.number<std::uint32_t>(); left > 0 && !in.hasFailed(); --left) {
        const std::string_view kind = in.text();
        const auto count = in.number<std::uint64_t>();
        if (info.skipped.size() < mostTold)
            info.skipped[std::string(kind)] = count;
    }
    for (auto left = in.number<std::uint32_t>(); left > 0 && !in.hasFailed(); --left) {
        const std::string_view note = in.text();
        if (info.notes.size() < mostTold)
            info.notes.emplace_back(note);
    }
    info.problems = problems(in);
    if (!in.atEnd()) // files of earlier versions end here
        info.cores = std::max(0, in.number<std::int32_t>());
    return !in.hasFailed() && isUsableLength(now) && isUsableLength(info.stallThreshold) && isUsableLength(info.wall)
           && isUsableLength(info.cpu);
}

bool TraceDecoder::addFacts(ByteReader &in)
{
    while (!in.atEnd()) {
        if (!addFactsOfLane(in))
            return false;
    }
    return true;
}

bool TraceDecoder::addFactsOfLane(ByteReader &in)
{
    const auto lane = in.number<LaneId>();
    TaskFacts facts;
    for (NameId *name : {&facts.kind, &facts.error, &facts.note, &facts.result})
        *name = in.number<NameId>();
    facts.parent = in.number<LaneId>();
    facts.outcome = in.number<Outcome>();
    if (in.number<std::uint8_t>() != 0)
        facts.file = fileFacts(in);
    const auto isUnknown = [this](NameId name) { return !hasName(name); };
    if (in.hasFailed() || !trace_->hasLane(lane) || !isLaneOrNone(facts.parent) || facts.outcome > Outcome::Failed
        || std::ranges::any_of(std::array{facts.kind, facts.error, facts.note, facts.result}, isUnknown))
        return false;
    const Lane &known = trace_->lane(lane);
    const bool isTakenBack = known.task.outcome != Outcome::Unfinished && facts.outcome == Outcome::Unfinished;
    const bool isStray = known.kind == LaneKind::Row && facts.parent != known.task.parent;
    if (isTakenBack || isStray)
        return false;
    previewBytes_ += facts.file && facts.file->preview ? facts.file->preview->size() : 0;
    trace_->changeTask(lane, [&facts](TaskFacts &old) { old = std::move(facts); });
    return true;
}

} // namespace loopscope
