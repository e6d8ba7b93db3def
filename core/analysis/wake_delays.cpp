#include "core/analysis/wake_delays.h"

#include "core/analysis/cpu_share.h"
#include "core/analysis/prepared_batches.h"

#include <algorithm>
#include <map>
#include <vector>

namespace loopscope {

namespace {

// Medians of fewer say little: with 30 their standard error is a quarter of the deviation, and what is asked for is of that size.
constexpr std::size_t enoughJobs = 30;

Nanoseconds medianOf(std::vector<Nanoseconds> &lengths)
{
    if (lengths.empty())
        return 0;
    const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
    std::ranges::nth_element(lengths, middle);
    return *middle;
}

/// When workers made tasks ready, in order.
std::vector<Nanoseconds> wakesByWorkers(const Trace &trace)
{
    std::vector<Nanoseconds> wakes;
    for (const LaneId task : trace.tasks()) {
        for (std::size_t i = 0; i < trace.spanCount(task); ++i) {
            const Span span = trace.span(task, i);
            if (span.state == State::Ready && trace.hasLane(span.peer) && trace.lane(span.peer).kind == LaneKind::Worker)
                wakes.push_back(span.begin);
        }
    }
    std::ranges::sort(wakes);
    return wakes;
}

/// The first wake in each of the loop's pauses ends it.
Nanoseconds loopDelay(const Trace &trace)
{
    const std::vector<Nanoseconds> wakes = wakesByWorkers(trace);
    std::vector<Nanoseconds> delays;
    auto wake = wakes.begin();
    for (std::size_t i = 1; i < trace.spanCount(loopLaneId); ++i) {
        const TimeRange pause{trace.span(loopLaneId, i - 1).end, trace.span(loopLaneId, i).begin};
        wake = std::lower_bound(wake, wakes.end(), pause.begin);
        if (wake != wakes.end() && *wake < pause.end)
            delays.push_back(pause.end - *wake);
    }
    return medianOf(delays);
}

/// When the worker's span before this instant ended; the instant itself if there is none.
Nanoseconds lastEndBefore(const Trace &trace, LaneId worker, Nanoseconds instant)
{
    const std::size_t next = trace.firstSpanEndingAfter(worker, instant);
    return next == 0 ? instant : trace.span(worker, next - 1).end;
}

/// What jobs of one site took.
struct Jobs {
    std::vector<Nanoseconds> delays; // of those for which a worker was woken
    std::vector<Nanoseconds> cold;   // lengths of these that compute
    std::vector<Nanoseconds> warm;   // and of the others

    [[nodiscard]] std::size_t count() const { return cold.size() + warm.size(); }
};

std::map<SiteId, Jobs> jobsBySite(const Trace &trace)
{
    std::map<SiteId, Jobs> jobs;
    for (const LaneId task : trace.tasks()) {
        for (std::size_t i = 1; i < trace.spanCount(task); ++i) {
            const Span job = trace.span(task, i);
            const Span queued = trace.span(task, i - 1);
            if (job.state != State::InWorker || queued.state != State::Queued || !trace.hasLane(job.peer))
                continue;
            Jobs &ofSite = jobs[job.site];
            const bool isCold = wasWorkerWoken(trace, {task, i});
            if (isCold)
                ofSite.delays.push_back(job.begin - queued.begin);
            if (jobsCompute(trace, task))
                (isCold ? ofSite.cold : ofSite.warm).push_back(job.length());
        }
    }
    return jobs;
}

Nanoseconds workerDelay(const std::map<SiteId, Jobs> &jobs)
{
    std::vector<Nanoseconds> delays;
    for (const auto &[site, ofSite] : jobs)
        delays.insert(delays.end(), ofSite.delays.begin(), ofSite.delays.end());
    return medianOf(delays);
}

// Of one site, for jobs of others may be longer for reasons of their own.
Nanoseconds coldJob(std::map<SiteId, Jobs> &jobs)
{
    const auto commonest = std::ranges::max_element(jobs, {}, [](const auto &each) { return each.second.count(); });
    if (commonest == jobs.end())
        return 0;
    Jobs &ofSite = commonest->second;
    if (std::min(ofSite.cold.size(), ofSite.warm.size()) < enoughJobs)
        return 0;
    return std::max<Nanoseconds>(0, medianOf(ofSite.cold) - medianOf(ofSite.warm));
}

} // namespace

bool wasWorkerWoken(const Trace &trace, SpanPlace job)
{
    const Span work = trace.span(job.lane, job.span);
    if (job.span == 0 || !trace.hasLane(work.peer) || wasPreparedInVain(trace, job))
        return false;
    const Span queued = trace.span(job.lane, job.span - 1);
    return queued.state == State::Queued && lastEndBefore(trace, work.peer, work.begin) < queued.begin;
}

WakeDelays wakeDelaysOf(const Trace &trace)
{
    std::map<SiteId, Jobs> jobs = jobsBySite(trace);
    return {loopDelay(trace), workerDelay(jobs), coldJob(jobs)};
}

} // namespace loopscope
