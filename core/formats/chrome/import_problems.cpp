#include "core/formats/chrome/import_problems.h"

#include "core/formats/trace_opening.h"

#include <algorithm>

namespace loopscope::chrome {

namespace {

struct Wording {
    Problem problem;
    const char *text;
    bool isLeftOut;
};

constexpr std::array<Wording, problemCount> wordings = {{
    {Problem::NoObject, "entries of the list of events that are no objects were left out", true},
    {Problem::BadJson, "events that are no valid JSON were left out", true},
    {Problem::TooLong, "events of more than 16 MiB were left out", true},
    {Problem::CutOffEvent, "the last event is cut off, and was left out", true},
    {Problem::NoListEnd, "the file ends before its trace does", false},
    {Problem::CommaAtEnd, "there is a comma behind the last event", false},
    {Problem::RestIgnored, "what follows the end of the trace was left out", true},
    {Problem::PackedCutOff, "the packed file is cut off", true},
    {Problem::PackedDamaged, "the packed file is damaged: what follows was left out", true},
    {Problem::PackedTooBig, "the packed file unpacks to much more than a trace does: the rest was left out", true},
    {Problem::PackedGarbage, "what follows the end of the packed file was left out", true},
    {Problem::NoPhase, "events without a phase were left out", true},
    {Problem::UnknownPhase, "events of unknown phases were left out", true},
    {Problem::PhaseNotShown, "samples, objects, memory dumps and other events that are not shown were left out", true},
    {Problem::NoTime, "events without a time were left out", true},
    {Problem::TimeNoNumber, "events with a time that is no number were left out", true},
    {Problem::TimeOutOfRange, "events with a time beyond 126 years were left out", true},
    {Problem::NoDuration, "complete events without a duration were left out", true},
    {Problem::DurationNoNumber, "complete events with a duration that is no number were left out", true},
    {Problem::NegativeDuration, "complete events with a negative duration were left out", true},
    {Problem::NoId, "asynchronous events and flows without a usable id were left out", true},
    {Problem::BadValue, "values of counters that are no finite numbers were left out", true},
    {Problem::BadMetadata, "names and sort indices of the wrong type were left out", true},
    {Problem::NotUtf8, "names that are not UTF-8 are shown with \\x escapes", false},
    {Problem::LongName, "names of more than 4096 characters were shortened", false},
    {Problem::EndWithoutBegin, "ends of slices that did not begin were left out", true},
    {Problem::NoEnd, "slices that do not end go on to the end of the trace", false},
    {Problem::Overlap, "slices that partly overlap others were put into extra rows", false},
    {Problem::TooDeep, "slices that more than 4096 rows would be needed for were left out", true},
    {Problem::FlowAlone, "flow events without a counterpart were left out", true},
    {Problem::FarTime, "events weeks away from most others were left out", true},
    {Problem::TooManyLanes, "events of more lanes than a million were left out", true},
    {Problem::TooManyNames, "names beyond the first million are not told apart", false},
    {Problem::TooManyIds, "events of more ids than four million were left out", true},
    {Problem::MemoryFull, memoryFull, true},
}};

static_assert(std::ranges::is_sorted(wordings, {}, &Wording::problem));

} // namespace

std::optional<Problem> problemOf(UnpackingEnd end)
{
    switch (end) {
    case UnpackingEnd::Whole:
        return std::nullopt;
    case UnpackingEnd::CutOff:
        return Problem::PackedCutOff;
    case UnpackingEnd::Damaged:
        return Problem::PackedDamaged;
    case UnpackingEnd::TooBig:
        return Problem::PackedTooBig;
    case UnpackingEnd::GarbageBehind:
        return Problem::PackedGarbage;
    }
    return std::nullopt;
}

const char *textOf(Problem problem)
{
    return wordings[static_cast<std::size_t>(problem)].text;
}

bool isRepeatedByExports(const ImportProblem &problem)
{
    return std::ranges::any_of(wordings, [&problem](const Wording &wording) {
        return (wording.problem == Problem::NoEnd || wording.problem == Problem::Overlap) && problem.what == wording.text;
    });
}

void ProblemCounts::add(Problem problem, std::uint64_t firstByte, std::uint64_t count)
{
    Count &counted = counts_[static_cast<std::size_t>(problem)];
    if (counted.count == 0 || firstByte < counted.firstByte)
        counted.firstByte = firstByte;
    counted.count += count;
}

void ProblemCounts::add(const ProblemCounts &others)
{
    for (const Wording &wording : wordings) {
        const Count &counted = others.counts_[static_cast<std::size_t>(wording.problem)];
        if (counted.count > 0)
            add(wording.problem, counted.firstByte, counted.count);
    }
}

std::vector<ImportProblem> ProblemCounts::list() const
{
    std::vector<ImportProblem> problems;
    for (const Wording &wording : wordings) {
        const Count &counted = counts_[static_cast<std::size_t>(wording.problem)];
        if (counted.count > 0)
            problems.push_back({wording.text, counted.count, counted.firstByte, wording.isLeftOut});
    }
    std::ranges::stable_sort(problems, {}, &ImportProblem::firstByte);
    return problems;
}

} // namespace loopscope::chrome
