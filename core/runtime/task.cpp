#include "core/runtime/task.h"

#include "core/runtime/run_context.h"

#include <array>
#include <cstdio>
#include <exception>

namespace loopscope {

namespace {

std::string secondsText(Nanoseconds length)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.3g s", static_cast<double>(length) / static_cast<double>(nanosecondsPerSecond));
    return text.data();
}

} // namespace

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

void TaskContext::timeOut()
{
    hasTimedOut_.store(true, std::memory_order_relaxed);
    stop_.request_stop();
}

void TaskContext::finish(TaskResult result)
{
    if (hasTimedOut_.load(std::memory_order_relaxed)) {
        result.outcome = Outcome::Failed;
        result.error = "timed out after " + secondsText(timeout_);
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
