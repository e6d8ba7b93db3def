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

} // namespace

TaskContext::TaskContext(RunContext &run, LaneId id, Body body)
    : run_(run)
    , id_(id)
    , body_(std::move(body))
{
}

TaskContext::~TaskContext()
{
    delete stop_.load(std::memory_order_relaxed);
}

void TaskContext::call()
{
    const auto self = shared_from_this();
    run_.runAs(self, 0, [this] {
        if (isStopRequested())
            finish(TaskResult::cancelled());
        else
            begin();
    });
}

void TaskContext::begin()
{
    const Body body = std::exchange(body_, nullptr); // the frame takes the arguments over
    try {
        running_.emplace(body());
    } catch (const std::exception &error) {
        finish(TaskResult::failed(error.what()));
    }
}

// Asks after each turn instead of awaiting the body: one more coroutine a task would cost more memory than all else that is known of it.
void TaskContext::concludeIfDone()
{
    if (hasEnded() || !running_ || !running_->isReady())
        return;
    TaskResult result;
    try {
        result = running_->operator co_await().await_resume();
    } catch (const std::exception &error) {
        result = TaskResult::failed(error.what());
    } catch (...) {
        result = TaskResult::failed("it threw something that is no std::exception");
    }
    running_.reset();
    finish(std::move(result));
}

void TaskContext::timeOut()
{
    hasTimedOut_.store(true, std::memory_order_relaxed);
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
    if (hasTimedOut_.load(std::memory_order_relaxed)) {
        result.outcome = Outcome::Failed;
        result.error = "timed out after " + secondsText(timeout_);
    }
    outcome_ = result.outcome;
    run_.recorder().tell(TaskConcluded{id_, std::move(result)});
    run_.recorder().end(id_, nextSequence());
    for (const auto &observer : std::exchange(observers_, {}))
        observer->taskEnded(id_);
    run_.taskEnded(*this);
}

} // namespace loopscope
