#pragma once

#include "core/runtime/awaited.h"
#include "core/runtime/current_task.h"
#include "core/runtime/reason.h"
#include "core/runtime/wait.h"

#include <chrono>
#include <coroutine>
#include <memory>

namespace loopscope {

/// `co_await runtime.sleep(1s, "timer")`: Awaited<void>. What asyncio.sleep is.
class TimerAwait {
public:
    /// Inside a task only.
    TimerAwait(std::chrono::nanoseconds duration, const Reason &reason)
        : duration_(duration)
        , wait_(makeWait(reason))
    {
    }

    [[nodiscard]] bool await_ready();
    void await_suspend(std::coroutine_handle<> coroutine);
    [[nodiscard]] Awaited<void> await_resume();

private:
    std::chrono::nanoseconds duration_;
    std::shared_ptr<Wait> wait_;
};

} // namespace loopscope
