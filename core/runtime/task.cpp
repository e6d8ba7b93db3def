#include "core/runtime/task.h"

#include "core/runtime/run_context.h"

#include <exception>

namespace loopscope {

TaskContext::TaskContext(RunContext &run, LaneId id, Body body)
    : run_(run)
    , id_(id)
    , body_(std::move(body))
{
}

void TaskContext::call()
{
    const auto self = shared_from_this();
    run_.runAs(self, 0, [this, &self] {
        if (isStopRequested())
            finish(TaskResult::cancelled());
        else
            drive(self); // goes on by itself, and takes its frame with it: a dropped Task does
    });
}

QCoro::Task<> TaskContext::drive(std::shared_ptr<TaskContext> task)
{
    TaskResult result;
    try {
        auto body = task->body_();
        result = co_await body;
    } catch (const std::exception &error) {
        result = TaskResult::failed(error.what());
    } catch (...) {
        result = TaskResult::failed("it threw something that is no std::exception");
    }
    task->finish(std::move(result));
}

void TaskContext::finish(TaskResult result)
{
    if (result.outcome == Outcome::Cancelled && !cancelledError_.empty()) {
        result.outcome = Outcome::Failed;
        result.error = cancelledError_;
    }
    outcome_ = result.outcome;
    run_.recorder().tell(TaskConcluded{id_, std::move(result)});
    run_.recorder().end(id_, nextSequence());
    for (const auto &observer : std::exchange(observers_, {}))
        observer->taskEnded(id_);
    body_ = nullptr;
    run_.taskEnded(*this);
}

} // namespace loopscope
