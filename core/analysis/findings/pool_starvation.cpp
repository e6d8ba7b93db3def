#include "core/analysis/findings/finders.h"
#include "core/text/number_text.h"

#include <algorithm>
#include <functional>

namespace loopscope {

namespace {

/// Tasks that more workers could help.
class Helped {
public:
    explicit Helped(const Trace &trace)
        : trace_(trace)
        , computes_(trace.info().cores <= static_cast<int>(trace.workers().size()))
    {
    }

    bool operator()(LaneId task) const { return !computes_ || trace_.name(trace_.lane(task).task.kind) != "cpu"; }

private:
    const Trace &trace_;
    bool computes_; // the jobs that do are left out
};

/// How many workers all jobs would have had at once, had each begun when it was handed to the pool.
std::size_t workersWanted(const Trace &trace, const Helped &isHelped)
{
    std::vector<std::pair<Nanoseconds, int>> turns; // the ends of an instant sort before its beginnings
    for (const LaneId task : trace.tasks()) {
        if (!isHelped(task))
            continue;
        Span before;
        for (std::size_t i = 0; i < trace.spanCount(task); ++i) {
            const Span span = trace.span(task, i);
            if (span.state == State::InWorker) {
                const bool wasQueued = i > 0 && before.state == State::Queued && before.end == span.begin;
                const Nanoseconds asked = wasQueued ? before.begin : span.begin;
                turns.emplace_back(asked, 1);
                turns.emplace_back(asked + span.length(), -1);
            }
            const bool isUnserved =
                span.state == State::Queued && (i + 1 == trace.spanCount(task) || trace.span(task, i + 1).state != State::InWorker);
            if (isUnserved) { // the run was stopped before: it would have been with a worker since
                turns.emplace_back(span.begin, 1);
                turns.emplace_back(span.end, -1);
            }
            before = span;
        }
    }
    std::ranges::sort(turns);
    int most = 0;
    int now = 0;
    for (const auto &[at, change] : turns)
        most = std::max(most, now += change);
    return static_cast<std::size_t>(most);
}

} // namespace

std::vector<Finding> findPoolStarvation(const Evidence &evidence)
{
    const Trace &trace = evidence.trace;
    const Helped isHelped(trace);
    Finding finding;
    finding.kind = FindingKind::PoolStarvation;
    std::map<LaneId, Nanoseconds> waits;
    std::size_t jobs = 0;
    LongSpan longest;
    for (const LongSpan &queued : evidence.longSpans.queued) {
        if (!isHelped(queued.place.lane))
            continue;
        finding.range.begin = jobs == 0 ? queued.span.begin : std::min(finding.range.begin, queued.span.begin);
        finding.range.end = std::max(finding.range.end, queued.span.end);
        waits[queued.place.lane] += queued.span.length();
        if (++jobs == 1 || queued.span.length() > longest.span.length())
            longest = queued;
    }
    const std::size_t workers = trace.workers().size();
    const std::size_t wanted = jobs > 0 ? workersWanted(trace, isHelped) : 0;
    if (wanted <= workers)
        return {};
    finding.affected = affectedTasks(waits);
    finding.evidence = longest.place;
    const NumberStyle &numbers = evidence.numbers;
    finding.text = countText(jobs, "job", numbers) + " waited for a worker, " + numbers.duration(finding.waited()) + " in all, the longest "
                   + numbers.duration(longest.span.length()) + ". The pool has " + countText(workers, "worker", numbers) + "; "
                   + numbers.count(wanted) + " would have sufficed.";
    return {std::move(finding)};
}

} // namespace loopscope
