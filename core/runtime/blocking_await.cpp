#include "core/runtime/blocking_await.h"

#include "core/runtime/run_context.h"

#include <new>
#include <stdexcept>

namespace loopscope {

void BlockingWait::drop()
{
    const std::shared_ptr<PoolJob> self = std::move(self_); // or it would own itself for ever
}

BlockingWait::BlockingWait(TaskContext &task, std::uint32_t site)
    : Wait(task, site)
    , run_(task.run())
    , stop_(task.stopToken())
{
}

bool BlockingWait::advance(Phase from, Phase to)
{
    return phase_.compare_exchange_strong(from, to, std::memory_order_acq_rel);
}

void BlockingWait::submit(std::shared_ptr<BlockingWait> wait, std::coroutine_handle<> coroutine)
{
    wait->suspend(coroutine, State::Queued);
    wait->run_.pool().submit(wait);
}

void BlockingWait::call()
{
    const std::shared_ptr<PoolJob> self = std::move(self_); // freed here if it is the last
    Wait::call();
}

void BlockingWait::work(std::shared_ptr<PoolJob> self, LaneId worker)
{
    if (!advance(Phase::Queued, Phase::Claimed) && !advance(Phase::Preparing, Phase::Claimed))
        return;
    run_.recorder().enter(task().id(), task().nextSequence(), State::InWorker, site(), worker);
    worker_ = worker;
    phase_.store(Phase::Working, std::memory_order_release);
    try {
        runJob(stop_);
    } catch (...) {
        exception_ = std::current_exception();
    }
    if (advance(Phase::Working, Phase::Finished)) {
        self_ = std::move(self);
        wakeAs(Ending::Completed, worker);
    }
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
    run_.recorder().enter(task().id(), task().nextSequence(), state, why, noLane);
    phase_.store(to);
    if (stop_.stop_requested() && advance(to, Phase::Cancelled)) {
        wakeAs(Ending::Cancelled, loopLaneId);
        return false;
    }
    return true;
}

void BlockingWait::workTogether(PoolJobs &jobs, LaneId worker)
{
    const std::shared_ptr<PoolJob> first = jobs.front(); // this, and with it the batch, lives until all are done
    const std::uint32_t reason = run_.siteOf(batch()->reason());
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
    run_.pool().putBack(jobs);
}

void BlockingWait::refuse(const char *reason)
{
    if (!advance(Phase::Queued, Phase::Finished))
        return;
    try {
        throw std::runtime_error(reason);
    } catch (...) { // that, or that there is no memory for its text
        exception_ = std::current_exception();
    }
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
    run_.noteAbandoned();
    wakeAs(Ending::Abandoned, worker_);
    return true;
}

void BlockingWait::rethrow() const
{
    if (exception_)
        std::rethrow_exception(exception_);
}

} // namespace loopscope
