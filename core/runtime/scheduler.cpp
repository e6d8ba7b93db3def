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

Scheduler::~Scheduler()
{
    for (LoopCallback *callback = takeAll(); callback != nullptr;) {
        const std::shared_ptr<LoopCallback> self = std::move(callback->self_);
        callback = callback->posted_;
    }
}

void Scheduler::bindThread()
{
    loopThread_.store(std::this_thread::get_id(), std::memory_order_relaxed);
}

void Scheduler::post(std::shared_ptr<LoopCallback> callback)
{
    LoopCallback *const posted = callback.get();
    posted->self_ = std::move(callback);
    LoopCallback *last = last_.load(std::memory_order_relaxed);
    do
        posted->posted_ = last;
    while (!last_.compare_exchange_weak(last, posted)); // sequentially consistent: the loop says that it rests, and then looks here
    if (last == nullptr && !isLoopThread())
        wakeLoop_();
}

void Scheduler::postFunction(std::function<void()> function)
{
    post(std::make_shared<FunctionCallback>(std::move(function)));
}

// The first that was posted, from which the others hang in the order they came.
LoopCallback *Scheduler::takeAll()
{
    LoopCallback *first = nullptr;
    for (LoopCallback *last = last_.exchange(nullptr); last != nullptr;)
        first = std::exchange(last, std::exchange(last->posted_, first));
    return first;
}

void Scheduler::runTurn()
{
    for (LoopCallback *callback = takeAll(); callback != nullptr;) {
        const std::shared_ptr<LoopCallback> self = std::move(callback->self_);
        callback = callback->posted_; // before the call, in which it may be posted again
        self->call();
    }
}

} // namespace loopscope
