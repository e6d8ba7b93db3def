#include "core/runtime/task.h"

#include "core/runtime/run_context.h"

#include <array>
#include <cstdio>
#include <exception>
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
    BothObservers(std::shared_ptr<EndObserver> first, std::shared_ptr<EndObserver> second)
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
    std::shared_ptr<EndObserver> first_;
    std::shared_ptr<EndObserver> second_;
};

} // namespace

TaskContext::TaskContext(RunContext &run, LaneId id, std::unique_ptr<TaskBody> body)
    : id_(id)
    , run_(run)
    , body_(std::move(body))
{
}

TaskContext::~TaskContext()
{
    delete stop_.load(std::memory_order_relaxed);
}

void TaskContext::call()
{
    run_.runAs(*this, 0, [this] {
        if (isStopRequested())
            finish(TaskResult::cancelled());
        else
            begin();
    });
}

void TaskContext::begin()
{
    const std::unique_ptr<TaskBody> body = std::move(body_);
    try {
        coroutine_ = body->begin();
    } catch (const std::exception &error) {
        finish(TaskResult::failed(error.what()));
    }
}

// Asks after each turn instead of awaiting the body: one more coroutine a task would cost more memory than all else that is known of it.
void TaskContext::concludeIfDone()
{
    if (hasEnded() || body_ || !coroutine_.isReady())
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

void TaskContext::observeEnd(std::shared_ptr<EndObserver> observer)
{
    if (observer_)
        observer = std::make_shared<BothObservers>(std::move(observer_), std::move(observer));
    observer_ = std::move(observer);
}

void TaskContext::timeOut(Nanoseconds timeout)
{
    timedOutAfter_.store(timeout, std::memory_order_relaxed);
    requestStop();
}

// Who asks sets the flag and then looks for the source, who makes the source looks for the flag after it: one of them sees the other.
void TaskContext::requestStop()
{
    isStopRequested_.store(true);
    if (std::stop_source *const source = stop_.load())
        source->request_stop();
}

std::stop_token TaskContext::stopToken()
{
    std::stop_source *source = stop_.load(std::memory_order_relaxed);
    if (source == nullptr) {
        source = new std::stop_source;
        stop_.store(source);
        if (isStopRequested_.load())
            source->request_stop();
    }
    return source->get_token();
}

void TaskContext::finish(TaskResult result)
{
    if (const Nanoseconds timeout = timedOutAfter_.load(std::memory_order_relaxed); timeout > 0) {
        result.outcome = Outcome::Failed;
        result.text = "timed out after " + secondsText(timeout);
    }
    outcome_ = result.outcome;
    run_.recorder().tell(TaskConcluded{id_, std::move(result)});
    run_.recorder().end(id_, nextSequence());
    if (const auto observer = std::move(observer_))
        observer->taskEnded(id_);
    run_.taskEnded(*this);
}

} // namespace loopscope
