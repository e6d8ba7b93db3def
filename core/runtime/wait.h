#pragma once

#include "core/runtime/loop_callback.h"
#include "core/trace/span.h"

#include <atomic>
#include <coroutine>
#include <cstdint>

namespace loopscope {

class TaskContext;

/// One suspension of a task: from co_await until something wakes it, once.
///
/// Shared by the awaiter, which keeps it until the task is resumed, and by what the task waits for. The first to wake it wins, so that a
/// completion and a cancellation may race; whoever comes later does not touch the task, which may have gone.
class Wait : public LoopCallback {
public:
    /// `task` must live until it is resumed from this wait.
    Wait(TaskContext &task, std::uint32_t site);

    /// Suspends the task in `state`: records it, and arms this wait. On the loop's thread, before anything can wake it. A task awaits one
    /// thing at a time, or the program ends with a message: what shall run beside it is a task of its own.
    void suspend(std::coroutine_handle<> coroutine, State state);
    /// As above, as awaiting; but if the task is suspended already, by the coroutine that this wait is for (it was begun before it was
    /// awaited), that one's wait tells what the task waits for, and this one only follows it.
    void suspendBehind(std::coroutine_handle<> coroutine);

    /// Makes the task ready, because of the lane `cause`; false when it was woken before. A later turn of the loop resumes it. Any thread.
    bool wake(LaneId cause);
    /// As wake(), with the await answering Cancelled. The loop's thread.
    virtual void cancel();
    /// Gives up on a job that does not end although it was asked to; there is nothing to be done for other waits. False when it cannot be
    /// given up at this very moment, but can in the next. The loop's thread.
    [[nodiscard]] virtual bool abandon() { return true; }

    void call() override;

    [[nodiscard]] bool isCancelled() const { return ending_ != Ending::Completed; }
    [[nodiscard]] bool isAbandoned() const { return ending_ == Ending::Abandoned; }

protected:
    enum class Ending : std::uint8_t { Completed, Cancelled, Abandoned };

    bool wakeAs(Ending ending, LaneId cause);
    /// Not to be asked once somebody else may have woken it.
    [[nodiscard]] TaskContext &task() const { return task_; }
    [[nodiscard]] std::uint32_t site() const { return site_; }

private:
    TaskContext &task_;
    std::coroutine_handle<> coroutine_;
    const std::uint32_t site_;
    std::atomic<bool> isWoken_{false};
    bool isOuter_ = false;              // the loop's
    Ending ending_ = Ending::Completed; // written by who wins isWoken_, read after the hand-over to the loop
};

} // namespace loopscope
