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
    suspend(coroutine, State::Queued);
    auto self = std::static_pointer_cast<BlockingWait>(shared_from_this());
    task()->run().pool().submit(std::move(self));
}

void BlockingWait::work(std::shared_ptr<PoolJob> self, LaneId worker)
{
    if (!advance(Phase::Queued, Phase::Claimed))
        return;
    TaskContext &owner = *task();
    owner.run().recorder().enter(owner.id(), owner.nextSequence(), State::InWorker, site(), worker);
    worker_ = worker;
    phase_.store(Phase::Working, std::memory_order_release);
    try {
        runJob(owner.stopSource().get_token());
    } catch (...) {
        exception_ = std::current_exception();
    }
    if (advance(Phase::Working, Phase::Finished))
        wakeAs(Ending::Completed, worker, std::static_pointer_cast<BlockingWait>(std::move(self)));
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
