#pragma once

#include "core/runtime/loop_callback.h"
#include "core/runtime/ref.h"
#include "core/trace/span.h"
#include "core/trace/task_result.h"

#include <atomic>
#include <cstdint>
#include <stop_token>
#include <utility>

#include <QCoroTask>

namespace loopscope {

class RunContext;
class TaskBody;
class Wait;

/// Something that wants to know when a task has ended.
class EndObserver : public RefCounted {
public:
    virtual ~EndObserver() = default;
    /// On the loop's thread, once.
    virtual void taskEnded(LaneId task) = 0;
};

/// What the runtime knows of a task. Belongs to the loop's thread, but for what says otherwise.
///
/// There can be hundreds of thousands that sleep, so it is as small as can be: 64 bytes.
class TaskContext final : public RefCounted {
public:
    TaskContext(RunContext &run, LaneId id);
    ~TaskContext();
    TaskContext(const TaskContext &) = delete;
    TaskContext &operator=(const TaskContext &) = delete;

    [[nodiscard]] LaneId id() const { return id_; }
    [[nodiscard]] RunContext &run() const { return run_; }
    [[nodiscard]] Outcome outcome() const { return outcome_.load(std::memory_order_relaxed); }
    /// Any thread, where it may have ended since.
    [[nodiscard]] bool hasEnded() const { return outcome() != Outcome::Unfinished; }

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
    void observeEnd(Ref<EndObserver> observer);

    /// Says that timeOut() may come. On the loop's thread.
    void allowTimeOut() { stopState(); }
    /// It has lived for as long as it may, `timeout`: asks it to stop, and lets it end as failed whatever its body returns. Any thread;
    /// requires allowTimeOut().
    void timeOut(Nanoseconds timeout);

    /// Where the run keeps the task among the living.
    std::uint32_t registryIndex = 0;

    /// Begins the body, or ends the task if it was asked to stop before. In its first turn.
    void begin(TaskBody &body);
    /// Ends the task if its body has ended. After each of its turns.
    void concludeIfDone();

private:
    /// What few tasks need: those whose jobs ask whether to stop, and those with a time-out.
    struct StopState {
        std::stop_source source;
        std::atomic<Nanoseconds> timedOutAfter{0}; // 0 if it has not
    };

    StopState &stopState();
    void finish(TaskResult result);

    const LaneId id_;
    std::uint32_t sequence_ = 0;
    std::uint16_t outerWaits_ = 0;
    std::atomic<bool> isStopRequested_{false};
    std::atomic<Outcome> outcome_{Outcome::Unfinished};
    RunContext &run_;
    QCoro::Task<TaskResult> coroutine_; // since it has begun
    Wait *waiting_ = nullptr;
    Ref<EndObserver> observer_;
    std::atomic<StopState *> stop_{nullptr}; // owned; made when it is first asked for
};

static_assert(sizeof(TaskContext) <= 64);

/// What a task does, until it begins: then the coroutine takes its arguments over. Whoever made it owns it until it is posted, and then it
/// owns itself.
class TaskBody : public LoopCallback {
public:
    /// Whose body it is. Before it is posted.
    void belongTo(Ref<TaskContext> task) { task_ = std::move(task); }

    /// The task's first turn on the loop.
    void call() final;
    void drop() final { delete this; }

protected:
    /// Once, in the task's first turn, on the loop's thread.
    virtual QCoro::Task<TaskResult> begin() = 0;

private:
    friend class TaskContext;

    Ref<TaskContext> task_;
};

/// A task, for whoever made it. Cheap to copy; keeps what is known of the task alive, not the task running.
class TaskHandle {
public:
    explicit TaskHandle(Ref<TaskContext> context)
        : context_(std::move(context))
    {
    }

    [[nodiscard]] LaneId id() const { return context_->id(); }
    /// Unfinished until the task has ended.
    [[nodiscard]] Outcome outcome() const { return context_->outcome(); }
    [[nodiscard]] const Ref<TaskContext> &context() const { return context_; }

private:
    Ref<TaskContext> context_;
};

} // namespace loopscope
