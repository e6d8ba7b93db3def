#pragma once

#include "core/runtime/awaited.h"
#include "core/runtime/reason.h"
#include "core/runtime/ref.h"
#include "core/runtime/timer_queue.h"
#include "core/runtime/wait.h"

#include <chrono>
#include <coroutine>

namespace loopscope {

/// Shared by the awaiter and the queue of timers, which keeps it until its time has come, even if the task was cancelled meanwhile.
class TimerWait final : public Wait, public TimerTarget {
public:
    TimerWait(TaskContext &task, std::uint32_t site, std::chrono::nanoseconds duration)
        : Wait(task, site)
        , duration_(duration)
    {
    }

    [[nodiscard]] std::chrono::nanoseconds duration() const { return duration_; }
    void expired() override { wake(loopLaneId); }

private:
    std::chrono::nanoseconds duration_;
};

static_assert(sizeof(TimerWait) <= 64);

/// `co_await runtime.sleep(1s, "timer")`: Awaited<void>. What asyncio.sleep is. A pointer, for it is in the frame of every task that
/// sleeps.
class TimerAwait {
public:
    /// Inside a task only.
    TimerAwait(std::chrono::nanoseconds duration, const Reason &reason);

    [[nodiscard]] bool await_ready();
    void await_suspend(std::coroutine_handle<> coroutine);
    [[nodiscard]] Awaited<void> await_resume();

private:
    Ref<TimerWait> wait_;
};

} // namespace loopscope
