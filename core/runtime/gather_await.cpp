#include "core/runtime/gather_await.h"

#include "core/runtime/current_task.h"
#include "core/runtime/run_context.h"

#include <algorithm>

namespace loopscope {

/// Wakes the gathering task when the last of its tasks has ended.
class GatherAwait::Countdown final : public EndObserver {
public:
    Countdown(std::shared_ptr<Wait> wait, std::size_t count)
        : wait_(std::move(wait))
        , left_(count)
    {
    }

    void taskEnded(LaneId task) override
    {
        if (--left_ == 0)
            wait_->wake(task);
    }

private:
    std::shared_ptr<Wait> wait_;
    std::size_t left_;
};

bool GatherAwait::await_ready()
{
    std::erase_if(tasks_, [](const TaskHandle &task) { return task.context()->hasEnded(); });
    haveEnded_ = tasks_.empty();
    return haveEnded_ || currentTask().isStopRequested();
}

void GatherAwait::await_suspend(std::coroutine_handle<> coroutine)
{
    wait_ = makeWait(reason_);
    const auto countdown = makeRef<Countdown>(wait_, tasks_.size());
    for (const TaskHandle &task : tasks_)
        task.context()->observeEnd(countdown);
    tasks_ = std::vector<TaskHandle>(); // each is forgotten when it has ended, and the list now: clear() would keep its memory
    wait_->suspend(coroutine, State::Awaiting);
}

Awaited<void> GatherAwait::await_resume()
{
    // A stop may have let the last of them end before it came to this wait.
    if (!haveEnded_ && (!wait_ || wait_->isCancelled() || currentTask().isStopRequested()))
        return tl::make_unexpected(Cancelled{});
    return {};
}

} // namespace loopscope
