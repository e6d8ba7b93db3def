#include "core/runtime/blocking_mark.h"

#include "core/runtime/current_task.h"
#include "core/runtime/run_context.h"

namespace loopscope {

BlockingMark::BlockingMark(const Reason &reason)
    : site_(siteOf(reason))
{
    TaskContext &task = currentTask();
    task.run().recorder().enter(task.id(), task.nextSequence(), State::Blocking, site_, noLane);
}

BlockingMark::~BlockingMark()
{
    TaskContext &task = currentTask();
    task.run().recorder().enter(task.id(), task.nextSequence(), State::Running, site_, noLane);
}

} // namespace loopscope
