#include "core/runtime/timer_await.h"

#include "core/runtime/run_context.h"

namespace loopscope {

bool TimerAwait::await_ready()
{
    if (currentTask().isStopRequested())
        wait_.reset();
    return !wait_;
}

void TimerAwait::await_suspend(std::coroutine_handle<> coroutine)
{
    const std::shared_ptr<Wait> wait = wait_; // this awaiter may go as soon as the timer is set
    RunContext &run = currentRun();
    wait->suspend(coroutine, State::Awaiting);
    if (duration_ <= std::chrono::nanoseconds::zero())
        wait->wake(loopLaneId);
    else
        run.timers().add(std::chrono::steady_clock::now() + duration_, wait);
}

Awaited<void> TimerAwait::await_resume()
{
    if (!wait_ || wait_->isCancelled())
        return tl::make_unexpected(Cancelled{});
    return {};
}

} // namespace loopscope
