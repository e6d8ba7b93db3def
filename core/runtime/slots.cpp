#include "core/runtime/slots.h"

#include "core/runtime/run_context.h"

namespace loopscope {

Slot::~Slot()
{
    if (slots_ != nullptr)
        slots_->release();
}

bool SlotAwait::await_ready()
{
    if (currentTask().isStopRequested())
        return true;
    isTaken_ = slots_.free_ > 0;
    if (isTaken_)
        --slots_.free_;
    return isTaken_;
}

void SlotAwait::await_suspend(std::coroutine_handle<> coroutine)
{
    wait_ = makeWait(reason_);
    slots_.waiting_.push_back(wait_);
    wait_->suspend(coroutine, State::Awaiting);
}

Awaited<Slot> SlotAwait::await_resume()
{
    if (isTaken_ || (wait_ && !wait_->isCancelled()))
        return Slot(slots_);
    return tl::make_unexpected(Cancelled{});
}

void Slots::release()
{
    const LaneId cause = currentLane();
    while (!waiting_.empty()) {
        const std::shared_ptr<Wait> next = std::move(waiting_.front());
        waiting_.pop_front();
        if (next->wake(cause))
            return; // the slot is the woken one's
    }
    ++free_;
}

} // namespace loopscope
