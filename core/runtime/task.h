#pragma once

#include "core/runtime/loop_callback.h"
#include "core/trace/span.h"
#include "core/trace/task_result.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <stop_token>

#include <QCoroTask>

namespace loopscope {

class RunContext;
class Wait;

/// Something that wants to know when a task has ended.
class EndObserver {
public:
    virtual ~EndObserver() = default;
    /// On the loop's thread, once.
    virtual void taskEnded(LaneId task) = 0;
};

/// What a task does, until it begins. It goes when the coroutine has taken its arguments over.
class TaskBody {
public:
    virtual ~TaskBody() = default;
    /// Once.
    virtual QCoro::Task<TaskResult> begin() = 0;
};

/// What the runtime knows of a task. Belongs to the loop's thread, but for what says otherwise.
///
/// There can be hundreds of thousands that sleep, so it is as small as can be: with the count of its owners, 112 bytes.
class TaskContext final : public LoopCallback {
public:
    TaskContext(RunContext &run, LaneId id, std::unique_ptr<TaskBody> body);
    ~TaskContext() override;
    TaskContext(const TaskContext &) = delete;
    TaskContext &operator=(const TaskContext &) = delete;

    /// Begins the body: the task's first turn on the loop.
    void call() override;

    [[nodiscard]] LaneId id() const { return id_; }
    [[nodiscard]] RunContext &run() const { return run_; }
    [[nodiscard]] Outcome outcome() const { return outcome_; }
    [[nodiscard]] bool hasEnded() const { return outcome_ != Outcome::Unfinished; }

    /// The number of the task's next event. Whoever holds the task for the moment takes it: the loop, or the worker or timer that the task
    /// was handed to; each hand-over synchronises.
    [[nodiscard]] std::uint32_t nextSequence() { return sequence_++; }

    /// Asks it to stop. Any thread.
    void requestStop();
    /// Any thread.
    [[nodiscard]] bool isStopRequested() const { return isStopRequested_.load(); }
    /// What tells its jobs that it was asked to stop. On the loop's thread, or on the worker that the task was handed to.
    [[nodiscard]] std::stop_token stopToken();

    /// What the task is suspended on; null while it is ready or runs. Its awaiter keeps it.
    void suspendOn(Wait &wait) { waiting_ = &wait; }
    void resumed() { waiting_ = nullptr; }
    /// As suspendOn() and resumed(), of waits that follow the one it is suspended on.
    void suspendOnOuter() { ++outerWaits_; }
    void resumedFromOuter() { --outerWaits_; }
    [[nodiscard]] bool isSuspended() const { return waiting_ != nullptr || outerWaits_ > 0; }
    [[nodiscard]] Wait *waiting() const { return waiting_; }

    /// Tells `observer` when the task has ended. Requires !hasEnded().
    void observeEnd(std::shared_ptr<EndObserver> observer);

    /// It has lived for as long as it may, `timeout`: asks it to stop, and lets it end as failed whatever its body returns. Any thread.
    void timeOut(Nanoseconds timeout);

    /// Where the run keeps the task among the living.
    std::uint32_t registryIndex = 0;

    /// Ends the task if its body has ended. After each of its turns.
    void concludeIfDone();

private:
    void begin();
    void finish(TaskResult result);

    const LaneId id_;
    std::uint32_t sequence_ = 0;
    std::uint16_t outerWaits_ = 0;
    std::atomic<bool> isStopRequested_{false};
    Outcome outcome_ = Outcome::Unfinished;
    RunContext &run_;
    std::unique_ptr<TaskBody> body_;    // until it begins
    QCoro::Task<TaskResult> coroutine_; // since then
    Wait *waiting_ = nullptr;
    std::shared_ptr<EndObserver> observer_;
    std::atomic<std::stop_source *> stop_{nullptr}; // owned; made when it is first asked for, which a task that awaits timers never does
    std::atomic<Nanoseconds> timedOutAfter_{0};     // 0 if it has not
};

static_assert(sizeof(TaskContext) <= 96);

/// A task, for whoever made it. Cheap to copy; keeps what is known of the task alive, not the task running.
class TaskHandle {
public:
    explicit TaskHandle(std::shared_ptr<TaskContext> context)
        : context_(std::move(context))
    {
    }

    [[nodiscard]] LaneId id() const { return context_->id(); }
    /// Unfinished until the task has ended.
    [[nodiscard]] Outcome outcome() const { return context_->outcome(); }
    [[nodiscard]] const std::shared_ptr<TaskContext> &context() const { return context_; }

private:
    std::shared_ptr<TaskContext> context_;
};

} // namespace loopscope
