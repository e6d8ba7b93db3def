#include "core/analysis/wake_delays.h"

#include <algorithm>
#include <vector>

namespace loopscope {

namespace {

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

Nanoseconds workerDelay(const Trace &trace)
{
    std::vector<Nanoseconds> delays;
    for (const LaneId task : trace.tasks()) {
        for (std::size_t i = 1; i < trace.spanCount(task); ++i) {
            const Span job = trace.span(task, i);
            const Span queued = trace.span(task, i - 1);
            if (job.state != State::InWorker || queued.state != State::Queued || !trace.hasLane(job.peer))
                continue;
            if (lastEndBefore(trace, job.peer, job.begin) < queued.begin)
                delays.push_back(job.begin - queued.begin);
        }
    }
    return medianOf(delays);
}

} // namespace

WakeDelays wakeDelaysOf(const Trace &trace)
{
    return {loopDelay(trace), workerDelay(trace)};
}

} // namespace loopscope
