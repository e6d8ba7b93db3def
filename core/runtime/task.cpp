#include "core/runtime/task.h"

#include "core/runtime/run_context.h"

#include <array>
#include <cstdio>
#include <exception>
#include <memory>
#include <utility>

namespace loopscope {

namespace {

std::string secondsText(Nanoseconds length)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.3g s", static_cast<double>(length) / static_cast<double>(nanosecondsPerSecond));
    return text.data();
}

/// A task is seldom observed twice, so it keeps one observer only.
class BothObservers final : public EndObserver {
public:
    BothObservers(Ref<EndObserver> first, Ref<EndObserver> second)
        : first_(std::move(first))
        , second_(std::move(second))
    {
    }
    void taskEnded(LaneId task) override
    {
        first_->taskEnded(task);
        second_->taskEnded(task);
    }

private:
    Ref<EndObserver> first_;
    Ref<EndObserver> second_;
};

} // namespace

void TaskBody::call()
{
    std::unique_ptr<TaskBody> self(this);
    const Ref<TaskContext> task = std::move(task_);
    task->run().runAs(*task, 0, [&self, &task] {
        task->begin(*self);
        self.reset(); // what it still holds goes with the first turn, however long the task lives
    });
}

TaskContext::TaskContext(RunContext &run, LaneId id)
    : id_(id)
    , run_(run)
{
}

TaskContext::~TaskContext()
{
    delete stop_.load(std::memory_order_relaxed);
}

void TaskContext::begin(TaskBody &body)
{
    if (isStopRequested()) {
        finish(TaskResult::cancelled());
        return;
    }
    try {
        coroutine_ = body.begin();
    } catch (const std::exception &error) {
        finish(TaskResult::failed(error.what()));
    }
}

// Asks after each turn instead of awaiting the body: one more coroutine a task would cost more memory than all else that is known of it.
void TaskContext::concludeIfDone()
{
    if (hasEnded() || !coroutine_.isReady())
        return;
    TaskResult result;
    try {
        result = coroutine_.operator co_await().await_resume();
    } catch (const std::exception &error) {
        result = TaskResult::failed(error.what());
    } catch (...) {
        result = TaskResult::failed("it threw something that is no std::exception");
    }
    coroutine_ = QCoro::Task<TaskResult>();
    finish(std::move(result));
}

void TaskContext::observeEnd(Ref<EndObserver> observer)
{
    if (observer_)
        observer = makeRef<BothObservers>(std::move(observer_), std::move(observer));
    observer_ = std::move(observer);
}

void TaskContext::timeOut(Nanoseconds timeout)
{
    stop_.load()->timedOutAfter.store(timeout, std::memory_order_relaxed);
    requestStop();
}

// Who asks sets the flag and then looks for the source, who makes the source looks for the flag after it: one of them sees the other.
void TaskContext::requestStop()
{
    isStopRequested_.store(true);
    if (StopState *const stop = stop_.load())
        stop->source.request_stop();
}

TaskContext::StopState &TaskContext::stopState()
{
    StopState *stop = stop_.load(std::memory_order_relaxed);
    if (stop == nullptr) {
        stop = new StopState;
        stop_.store(stop);
        if (isStopRequested_.load())
            stop->source.request_stop();
    }
    return *stop;
}

std::stop_token TaskContext::stopToken()
{
    return stopState().source.get_token();
}

void TaskContext::finish(TaskResult result)
{
    const StopState *const stop = stop_.load();
    if (const Nanoseconds timeout = stop ? stop->timedOutAfter.load(std::memory_order_relaxed) : 0; timeout > 0) {
        result.outcome = Outcome::Failed;
        result.text = "timed out after " + secondsText(timeout);
    }
    outcome_.store(result.outcome, std::memory_order_relaxed);
    run_.recorder().tell(TaskConcluded{id_, std::move(result)});
    run_.recorder().end(id_, nextSequence());
    if (const Ref<EndObserver> observer = std::move(observer_))
        observer->taskEnded(id_);
    run_.taskEnded(*this);
}

} // namespace loopscope
