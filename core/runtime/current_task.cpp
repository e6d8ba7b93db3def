#include "core/runtime/current_task.h"

#include "core/runtime/run_context.h"

namespace loopscope {

RunContext &currentRun()
{
    RunContext *run = RunContext::ofThisThread();
    if (run == nullptr)
        qFatal("loopscope: a task was resumed on a thread that is not its loop's");
    return *run;
}

TaskContext &currentTask()
{
    TaskContext *const task = currentRun().currentTask();
    if (task == nullptr)
        qFatal("loopscope: a task was resumed by an await that was not traced()");
    return *task;
}

std::shared_ptr<Wait> makeWait(const Reason &reason)
{
    return std::make_shared<Wait>(currentTask(), siteOf(reason));
}

std::uint32_t siteOf(const Reason &reason)
{
    return currentRun().siteOf(reason);
}

LaneId currentLane()
{
    const TaskContext *const task = currentRun().currentTask();
    return task != nullptr ? task->id() : loopLaneId;
}

} // namespace loopscope
