#include "core/runtime/blocking_await.h"

#include "core/runtime/run_context.h"

#include <new>
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

bool BlockingWait::joinBatch(std::uint32_t reason)
{
    return pass(Phase::Queued, Phase::Preparing, State::Awaiting, reason);
}

bool BlockingWait::leaveBatch()
{
    isAlone_ = true;
    return pass(Phase::Preparing, Phase::Queued, State::Queued, site());
}

// Nobody else records meanwhile. A cancellation that came just then found nothing to take, but has asked for a stop before.
bool BlockingWait::pass(Phase from, Phase to, State state, std::uint32_t why)
{
    if (!advance(from, Phase::Claimed))
        return false;
    task()->run().recorder().enter(task()->id(), task()->nextSequence(), state, why, noLane);
    phase_.store(to);
    if (task()->isStopRequested() && advance(to, Phase::Cancelled)) {
        wakeAs(Ending::Cancelled, loopLaneId);
        return false;
    }
    return true;
}

void BlockingWait::workTogether(PoolJobs &jobs, LaneId worker)
{
    const std::shared_ptr<PoolJob> first = jobs.front(); // this, and with it the batch, lives until all are done
    RunContext &run = task()->run();
    const std::uint32_t reason = run.siteOf(batch()->reason());
    std::erase_if(jobs, [=](const auto &job) { return !static_cast<BlockingWait &>(*job).joinBatch(reason); });
    if (jobs.empty())
        return;
    try {
        prepareAll(jobs, [&jobs, worker](std::size_t place) {
            PoolJob &job = *jobs[place];
            job.work(std::move(jobs[place]), worker);
        });
    } catch (const std::bad_alloc &) {
        // They go on alone.
    }
    std::erase_if(jobs, [](const auto &job) { return !job || !static_cast<BlockingWait &>(*job).leaveBatch(); });
    run.pool().putBack(jobs);
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
    if (advance(Phase::Queued, Phase::Cancelled) || advance(Phase::Preparing, Phase::Cancelled))
        wakeAs(Ending::Cancelled, currentLane());
    // A job at work sees its stop token.
}

bool BlockingWait::abandon()
{
    if (!advance(Phase::Working, Phase::Abandoned))
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
