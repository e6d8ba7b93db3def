#include "core/runtime/blocking_await.h"

#include "core/runtime/run_context.h"

#include <stdexcept>

namespace loopscope {

bool BlockingWait::advance(Phase from, Phase to)
{
    return phase_.compare_exchange_strong(from, to, std::memory_order_acq_rel);
}

void BlockingWait::submit(std::coroutine_handle<> coroutine)
{
    static_cast<void>(task()->stopToken()); // made here, where it is freed
    suspend(coroutine, State::Queued);
    auto self = std::static_pointer_cast<BlockingWait>(shared_from_this());
    task()->run().pool().submit(std::move(self));
}

void BlockingWait::work(std::shared_ptr<PoolJob> self, LaneId worker)
{
    if (!advance(Phase::Queued, Phase::Claimed) && !advance(Phase::Preparing, Phase::Claimed))
        return;
    TaskContext &owner = *task();
    owner.run().recorder().enter(owner.id(), owner.nextSequence(), State::InWorker, site(), worker);
    worker_ = worker;
    phase_.store(Phase::Working, std::memory_order_release);
    try {
        runJob(owner.stopToken());
    } catch (...) {
        exception_ = std::current_exception();
    }
    if (advance(Phase::Working, Phase::Finished))
        wakeAs(Ending::Completed, worker, std::static_pointer_cast<BlockingWait>(std::move(self)));
}

bool BlockingWait::takeForBatch(std::uint32_t site, LaneId worker)
{
    if (!advance(Phase::Queued, Phase::Claimed))
        return false;
    task()->run().recorder().enter(task()->id(), task()->nextSequence(), State::Awaiting, site, noLane);
    worker_ = worker;
    phase_.store(Phase::Preparing, std::memory_order_release);
    return true;
}

void BlockingWait::workTogether(PoolJobs &jobs, LaneId worker)
{
    const std::shared_ptr<PoolJob> first = jobs.front(); // this, and with it the batch, lives until all are done
    const std::uint32_t reason = task()->run().siteOf(batch()->reason());
    std::erase_if(jobs, [=](const auto &job) { return !static_cast<BlockingWait &>(*job).takeForBatch(reason, worker); });
    if (jobs.empty())
        return;
    prepareAll(jobs, [&jobs, worker](std::size_t place) {
        PoolJob &job = *jobs[place];
        job.work(std::move(jobs[place]), worker);
    });
    std::erase(jobs, nullptr);
    PoolJob::workTogether(jobs, worker);
}

void BlockingWait::refuse(const std::string &reason)
{
    if (!advance(Phase::Queued, Phase::Finished))
        return;
    exception_ = std::make_exception_ptr(std::runtime_error(reason));
    wake(loopLaneId);
}

void BlockingWait::cancel()
{
    if (advance(Phase::Queued, Phase::Cancelled))
        wakeAs(Ending::Cancelled, currentLane());
    // A job at work sees its stop token.
}

bool BlockingWait::abandon()
{
    if (!advance(Phase::Working, Phase::Abandoned) && !advance(Phase::Preparing, Phase::Abandoned))
        return phase_.load(std::memory_order_acquire) != Phase::Claimed;
    task()->run().noteAbandoned();
    wakeAs(Ending::Abandoned, worker_);
    return true;
}

void BlockingWait::rethrow() const
{
    if (exception_)
        std::rethrow_exception(exception_);
}

} // namespace loopscope
