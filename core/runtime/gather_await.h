#pragma once

#include "core/runtime/awaited.h"
#include "core/runtime/reason.h"
#include "core/runtime/task.h"

#include <coroutine>
#include <memory>
#include <vector>

namespace loopscope {

/// `co_await runtime.gather(tasks, "gather")`: Awaited<void>, when all of them have ended. What asyncio.gather is.
class GatherAwait {
public:
    GatherAwait(std::vector<TaskHandle> tasks, Reason reason)
        : tasks_(std::move(tasks))
        , reason_(reason)
    {
    }

    [[nodiscard]] bool await_ready();
    void await_suspend(std::coroutine_handle<> coroutine);
    [[nodiscard]] Awaited<void> await_resume();

private:
    class Countdown;

    std::vector<TaskHandle> tasks_;
    Reason reason_;
    bool haveEnded_ = false;
    std::shared_ptr<Wait> wait_;
};

} // namespace loopscope
