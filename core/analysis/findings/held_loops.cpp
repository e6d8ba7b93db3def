#include "core/analysis/findings/finders.h"
#include "core/analysis/reported_name.h"

#include <algorithm>

namespace loopscope {

namespace {

std::vector<AffectedTask> readyMeanwhile(const Trace &trace, const Stall &stall)
{
    std::map<LaneId, Nanoseconds> waits;
    for (const LaneId task : trace.tasks()) {
        if (const Nanoseconds waited = trace.timesIn(task, stall.range)[State::Ready]; waited > 0)
            waits.emplace(task, waited);
    }
    return affectedTasks(waits);
}

Finding findingOf(const Evidence &evidence, const Stall &stall)
{
    const Trace &trace = evidence.trace;
    const NumberStyle &numbers = evidence.numbers;
    const Nanoseconds length = stall.range.length();
    const bool isOfTask = trace.hasLane(stall.task);
    Finding finding;
    finding.task = stall.task;
    finding.range = stall.range;
    finding.affected = readyMeanwhile(trace, stall);
    finding.evidence = longestSpanIn(trace, isOfTask ? stall.task : loopLaneId, stall.range);
    const std::string held = isOfTask ? reportedName(trace, stall.task) + " held the loop" : std::string("The loop was busy with no task");
    finding.text = held + " for " + numbers.duration(length) + ", from " + numbers.instant(stall.range.begin) + " on. "
                   + affectedText(finding, numbers);
    if (isOfTask && trace.timesIn(stall.task, stall.range)[State::Blocking] < length / 2 && length >= evidence.wall() / 2) {
        finding.kind = FindingKind::NeverYields;
        finding.text += " That is " + numbers.share(length, evidence.wall()) + " of the run without an await.";
    }
    return finding;
}

} // namespace

std::vector<Finding> findHeldLoops(const Evidence &evidence)
{
    // Each of them asks all tasks: the longest are enough.
    std::vector<Stall> longest = evidence.stalls;
    const std::size_t kept = std::min(longest.size(), mostFindingsOfAKind);
    std::ranges::partial_sort(longest, longest.begin() + static_cast<std::ptrdiff_t>(kept), std::greater<>(),
                              [](const Stall &stall) { return stall.range.length(); });
    longest.resize(kept);
    std::vector<Finding> findings;
    findings.reserve(longest.size());
    for (const Stall &stall : longest)
        findings.push_back(findingOf(evidence, stall));
    return findings;
}

} // namespace loopscope
