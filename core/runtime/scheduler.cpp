#include "core/runtime/scheduler.h"

#include <memory>
#include <utility>

namespace loopscope {

namespace {

/// Owns itself from when it is posted.
class FunctionCallback final : public LoopCallback {
public:
    explicit FunctionCallback(std::function<void()> function)
        : function_(std::move(function))
    {
    }
    void call() override
    {
        const std::unique_ptr<FunctionCallback> self(this);
        function_();
    }
    void drop() override { delete this; }

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
    dropAll();
}

void Scheduler::dropAll()
{
    for (LoopCallback *callback = takeAll(); callback != nullptr;)
        std::exchange(callback, callback->posted_)->drop();
}

void Scheduler::bindThread()
{
    loopThread_.store(std::this_thread::get_id(), std::memory_order_relaxed);
}

void Scheduler::post(LoopCallback &callback)
{
    LoopCallback *last = last_.load(std::memory_order_relaxed);
    do
        callback.posted_ = last;
    while (!last_.compare_exchange_weak(last, &callback)); // sequentially consistent: the loop says that it rests, and then looks here
    if (last == nullptr && !isLoopThread())
        wakeLoop_();
}

void Scheduler::postFunction(std::function<void()> function)
{
    post(*std::make_unique<FunctionCallback>(std::move(function)).release());
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
    // The next one is read before the call, in which this one may go, or be posted again.
    for (LoopCallback *callback = takeAll(); callback != nullptr;)
        std::exchange(callback, callback->posted_)->call();
}

} // namespace loopscope
