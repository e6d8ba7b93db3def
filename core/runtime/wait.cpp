#include "core/runtime/wait.h"

#include "core/runtime/current_task.h"
#include "core/runtime/run_context.h"

namespace loopscope {

Wait::Wait(TaskContext &task, std::uint32_t site)
    : task_(task)
    , site_(site)
{
}

void Wait::suspend(std::coroutine_handle<> coroutine, State state)
{
    if (task_.waiting() != nullptr)
        qFatal("loopscope: a task awaits two things at once: let it spawn() what shall run beside it");
    coroutine_ = coroutine;
    task_.run().recorder().enter(task_.id(), task_.nextSequence(), state, site_, noLane);
    task_.suspendOn(*this);
}

void Wait::suspendBehind(std::coroutine_handle<> coroutine)
{
    if (task_.waiting() == nullptr) {
        suspend(coroutine, State::Awaiting);
        return;
    }
    coroutine_ = coroutine;
    isOuter_ = true;
    task_.suspendOnOuter();
}

bool Wait::wake(LaneId cause)
{
    return wakeAs(Ending::Completed, cause);
}

void Wait::cancel()
{
    wakeAs(Ending::Cancelled, currentLane());
}

bool Wait::wakeAs(Ending ending, LaneId cause)
{
    if (isWoken_.exchange(true, std::memory_order_acq_rel))
        return false;
    ending_ = ending;
    if (cause == task_.id()) // what it awaits was over at once
        cause = loopLaneId;
    RunContext &run = task_.run();
    if (ending == Ending::Abandoned)
        run.recorder().abandon(task_.id(), task_.nextSequence(), site_, cause);
    else
        run.recorder().enter(task_.id(), task_.nextSequence(), State::Ready, site_, cause);
    run.scheduler().post(*this);
    return true;
}

void Wait::call()
{
    if (isOuter_)
        task_.resumedFromOuter();
    else
        task_.resumed();
    // The awaiter, and with it this wait, may go when its coroutine goes on.
    task_.run().runAs(task_, site_, [coroutine = coroutine_] { coroutine.resume(); });
}

} // namespace loopscope
