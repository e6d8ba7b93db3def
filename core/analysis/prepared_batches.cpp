#include "core/analysis/prepared_batches.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

auto keyOf(SpanPlace place)
{
    return std::pair(place.lane, place.span);
}

/// Whether the span before this one is in that state, and leads to it without a gap.
bool follows(const Trace &trace, SpanPlace place, State state)
{
    if (place.span == 0)
        return false;
    const Span before = trace.span(place.lane, place.span - 1);
    return before.state == state && before.end == trace.span(place.lane, place.span).begin;
}

} // namespace

bool wasPreparedInVain(const Trace &trace, SpanPlace job)
{
    return follows(trace, job, State::Queued) && follows(trace, {job.lane, job.span - 1}, State::Awaiting)
           && follows(trace, {job.lane, job.span - 2}, State::Queued);
}

PreparedBatches::PreparedBatches(const Trace &trace)
{
    for (const LaneId task : trace.tasks())
        collect(trace, task);
    group(prepared_);
    group(vain_);
}

void PreparedBatches::collect(const Trace &trace, LaneId task)
{
    for (std::size_t i = 1; i < trace.spanCount(task); ++i) {
        const Span job = trace.span(task, i);
        if (job.state != State::InWorker || !trace.hasLane(job.peer) || trace.lane(job.peer).kind != LaneKind::Worker)
            continue;
        if (follows(trace, {task, i}, State::Awaiting))
            prepared_.push_back({{task, i}, {trace.span(task, i - 1).begin, job.end}, job.peer});
        else if (wasPreparedInVain(trace, {task, i}))
            vain_.push_back({{task, i}, trace.span(task, i - 2).range(), noLane});
    }
}

// What a worker began with before it was done with others is of the same batch.
void PreparedBatches::group(Jobs &jobs)
{
    std::ranges::sort(jobs, {}, [](const Job &job) { return keyOf(job.place); });
    std::vector<Job *> ordered;
    ordered.reserve(jobs.size());
    for (Job &job : jobs)
        ordered.push_back(&job);
    std::ranges::sort(ordered, {}, [](const Job *job) { return std::pair(job->worker, job->range.begin); });
    bool isFirst = true;
    for (Job *job : ordered) {
        const bool goesOn = !isFirst && batches_.back().worker == job->worker && job->range.begin < batches_.back().range.end;
        if (!goesOn)
            batches_.push_back({job->worker, job->range, 0});
        isFirst = false;
        PreparedBatch &batch = batches_.back();
        batch.range.end = std::max(batch.range.end, job->range.end);
        ++batch.jobs;
        job->batch = batches_.size() - 1;
    }
}

const PreparedBatch *PreparedBatches::find(const Jobs &jobs, SpanPlace job) const
{
    const auto found = std::ranges::lower_bound(jobs, keyOf(job), {}, [](const Job &each) { return keyOf(each.place); });
    return found != jobs.end() && keyOf(found->place) == keyOf(job) ? &batches_[found->batch] : nullptr;
}

} // namespace loopscope
