#pragma once

#include "core/runtime/loop_callback.h"
#include "core/trace/span.h"
#include "core/trace/task_result.h"

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

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

/// What the runtime knows of a task. Belongs to the loop's thread, but for what says otherwise.
class TaskContext final : public LoopCallback, public std::enable_shared_from_this<TaskContext> {
public:
    using Body = std::function<QCoro::Task<TaskResult>()>;

    TaskContext(RunContext &run, LaneId id, Body body);
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

    /// What the task is suspended on; null while it is ready or runs.
    void suspendOn(std::shared_ptr<Wait> wait) { waiting_ = std::move(wait); }
    void resumed() { waiting_.reset(); }
    /// As suspendOn() and resumed(), of waits that follow the one it is suspended on.
    void suspendOnOuter() { ++outerWaits_; }
    void resumedFromOuter() { --outerWaits_; }
    [[nodiscard]] bool isSuspended() const { return waiting_ || outerWaits_ > 0; }
    [[nodiscard]] const std::shared_ptr<Wait> &waiting() const { return waiting_; }

    /// Tells `observer` when the task has ended. Requires !hasEnded().
    void observeEnd(std::shared_ptr<EndObserver> observer) { observers_.push_back(std::move(observer)); }

    /// How long it may live; 0 is for ever. Before it begins.
    void setTimeout(Nanoseconds timeout) { timeout_ = timeout; }
    /// Its time is over: asks it to stop, and lets it end as failed whatever its body returns. Any thread.
    void timeOut();

    /// Where the run keeps the task among the living.
    std::size_t registryIndex = 0;

    /// Ends the task if its body has ended. After each of its turns.
    void concludeIfDone();

private:
    void begin();
    void finish(TaskResult result);

    RunContext &run_;
    const LaneId id_;
    Body body_;                                      // until it begins
    std::optional<QCoro::Task<TaskResult>> running_; // since then
    std::shared_ptr<Wait> waiting_;
    std::vector<std::shared_ptr<EndObserver>> observers_;
    std::atomic<std::stop_source *> stop_{nullptr}; // owned; made when it is first asked for, which a task that awaits timers never does
    Nanoseconds timeout_ = 0;
    std::atomic<bool> isStopRequested_{false};
    std::atomic<bool> hasTimedOut_{false};
    int outerWaits_ = 0;
    std::uint32_t sequence_ = 0;
    Outcome outcome_ = Outcome::Unfinished;
};

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
