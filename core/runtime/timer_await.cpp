#include "core/runtime/timer_await.h"

#include "core/runtime/current_task.h"
#include "core/runtime/run_context.h"

namespace loopscope {

TimerAwait::TimerAwait(std::chrono::nanoseconds duration, const Reason &reason)
    : wait_(makeRef<TimerWait>(currentTask(), siteOf(reason), duration))
{
}

bool TimerAwait::await_ready()
{
    if (currentTask().isStopRequested())
        wait_.reset();
    return !wait_;
}

void TimerAwait::await_suspend(std::coroutine_handle<> coroutine)
{
    const Ref<TimerWait> wait = wait_; // this awaiter may go as soon as the timer is set
    RunContext &run = currentRun();
    wait->suspend(coroutine, State::Awaiting);
    if (wait->duration() <= std::chrono::nanoseconds::zero())
        wait->wake(loopLaneId);
    else
        run.timers().add(std::chrono::steady_clock::now() + wait->duration(), wait);
}

Awaited<void> TimerAwait::await_resume()
{
    if (!wait_ || wait_->isCancelled())
        return tl::make_unexpected(Cancelled{});
    return {};
}

} // namespace loopscope
