#include "core/analysis/findings/finders.h"
#include "core/text/number_text.h"

#include <algorithm>

namespace loopscope {

namespace {

/// From an instant on so many jobs compute.
struct Step {
    Nanoseconds at = 0;
    int jobs = 0;
    Nanoseconds lost = 0; ///< what each job that computed all the time has lost so far for want of a core
};

std::vector<LongSpan> computingSpans(const Trace &trace)
{
    std::vector<LongSpan> spans;
    for (const LaneId task : trace.tasks()) {
        if (trace.name(trace.lane(task).task.kind) != "cpu")
            continue;
        for (std::size_t i = 0; i < trace.spanCount(task); ++i) {
            const Span span = trace.span(task, i);
            if (span.state == State::InWorker && !span.range().isEmpty())
                spans.push_back({{task, i}, span});
        }
    }
    return spans;
}

std::vector<Step> stepsOf(const std::vector<LongSpan> &jobs, int cores)
{
    std::map<Nanoseconds, int> changes;
    for (const LongSpan &job : jobs) {
        ++changes[job.span.begin];
        --changes[job.span.end];
    }
    std::vector<Step> steps{{}};
    for (const auto &[at, change] : changes) {
        const Step &last = steps.back();
        const Nanoseconds length = at - last.at;
        const Nanoseconds lost = last.jobs > cores ? length / last.jobs * (last.jobs - cores) : 0;
        steps.push_back({at, last.jobs + change, last.lost + lost});
    }
    return steps;
}

Nanoseconds lostUntil(const std::vector<Step> &steps, Nanoseconds at)
{
    return std::ranges::lower_bound(steps, at, {}, &Step::at)->lost;
}

} // namespace

std::vector<Finding> findOversubscribedCpu(const Evidence &evidence)
{
    const Trace &trace = evidence.trace;
    const int cores = trace.info().cores;
    if (cores <= 0 || trace.workers().size() <= static_cast<std::size_t>(cores))
        return {};
    const std::vector<LongSpan> jobs = computingSpans(trace);
    const std::vector<Step> steps = stepsOf(jobs, cores);
    Finding finding;
    finding.kind = FindingKind::OversubscribedCpu;
    Nanoseconds crowded = 0;
    int most = 0;
    for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
        if (steps[i].jobs <= cores)
            continue;
        finding.range.begin = crowded == 0 ? steps[i].at : finding.range.begin;
        finding.range.end = steps[i + 1].at;
        crowded += steps[i + 1].at - steps[i].at;
        most = std::max(most, steps[i].jobs);
    }
    if (crowded <= evidence.threshold())
        return {};
    std::map<LaneId, Nanoseconds> waits;
    for (const LongSpan &job : jobs)
        waits[job.place.lane] += lostUntil(steps, job.span.end) - lostUntil(steps, job.span.begin);
    finding.affected = affectedTasks(waits);
    finding.evidence =
        std::ranges::find_if(jobs, [&](const LongSpan &job) { return job.span.range().contains(finding.range.begin); })->place;
    const NumberStyle &numbers = evidence.numbers;
    finding.text = "Up to " + numbers.count(static_cast<std::uint64_t>(most)) + " jobs computed at once on "
                   + countText(static_cast<std::uint64_t>(cores), "core", numbers) + ", for " + numbers.duration(crowded)
                   + ": none of them ended sooner for it, and each took longer. " + affectedText(finding, numbers);
    return {std::move(finding)};
}

} // namespace loopscope
