#include "core/analysis/prepared_batches.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

auto keyOf(SpanPlace place)
{
    return std::pair(place.lane, place.span);
}

} // namespace

PreparedBatches::PreparedBatches(const Trace &trace)
{
    for (const LaneId task : trace.tasks())
        collect(trace, task);
    std::ranges::sort(jobs_, {}, [](const Job &job) { return keyOf(job.place); });
    group();
}

void PreparedBatches::collect(const Trace &trace, LaneId task)
{
    for (std::size_t i = 1; i < trace.spanCount(task); ++i) {
        const Span job = trace.span(task, i);
        if (job.state != State::InWorker || !trace.hasLane(job.peer) || trace.lane(job.peer).kind != LaneKind::Worker)
            continue;
        const Span before = trace.span(task, i - 1);
        if (before.state == State::Awaiting && before.end == job.begin)
            jobs_.push_back({{task, i}, job.range(), before.begin, job.peer});
    }
}

// What a worker began to prepare before it was done with another is of the same batch.
void PreparedBatches::group()
{
    std::vector<Job *> ordered;
    ordered.reserve(jobs_.size());
    for (Job &job : jobs_)
        ordered.push_back(&job);
    std::ranges::sort(ordered, {}, [](const Job *job) { return std::pair(job->worker, job->range.begin); });
    for (Job *job : ordered) {
        const bool isNext = batches_.empty() || batches_.back().worker != job->worker || batches_.back().range.end <= job->prepared;
        if (isNext)
            batches_.push_back({job->worker, {job->prepared, job->range.end}, 0});
        PreparedBatch &batch = batches_.back();
        batch.range.begin = std::min(batch.range.begin, job->prepared);
        batch.range.end = std::max(batch.range.end, job->range.end);
        ++batch.jobs;
        job->batch = batches_.size() - 1;
    }
}

const PreparedBatch *PreparedBatches::of(SpanPlace job) const
{
    const auto found = std::ranges::lower_bound(jobs_, keyOf(job), {}, [](const Job &each) { return keyOf(each.place); });
    return found != jobs_.end() && keyOf(found->place) == keyOf(job) ? &batches_[found->batch] : nullptr;
}

} // namespace loopscope
