#include "core/runtime/scheduler.h"

#include <utility>

namespace loopscope {

namespace {

class FunctionCallback final : public LoopCallback {
public:
    explicit FunctionCallback(std::function<void()> function)
        : function_(std::move(function))
    {
    }
    void call() override { function_(); }

private:
    std::function<void()> function_;
};

} // namespace

Scheduler::Scheduler(std::function<void()> wakeLoop)
    : wakeLoop_(std::move(wakeLoop))
{
}

void Scheduler::bindThread()
{
    loopThread_.store(std::this_thread::get_id(), std::memory_order_relaxed);
}

void Scheduler::post(std::shared_ptr<LoopCallback> callback)
{
    const bool wasEmpty = [&] {
        const std::scoped_lock lock(mutex_);
        ready_.push_back(std::move(callback));
        return ready_.size() == 1;
    }();
    if (wasEmpty && !isLoopThread())
        wakeLoop_();
}

void Scheduler::postFunction(std::function<void()> function)
{
    post(std::make_shared<FunctionCallback>(std::move(function)));
}

bool Scheduler::hasReady()
{
    const std::scoped_lock lock(mutex_);
    return !ready_.empty();
}

void Scheduler::runTurn()
{
    {
        const std::scoped_lock lock(mutex_);
        turn_.swap(ready_);
    }
    for (auto &callback : turn_) {
        callback->call();
        callback.reset();
    }
    turn_.clear();
}

} // namespace loopscope
