#pragma once

#include "core/record/recorder.h"
#include "core/runtime/loop_thread.h"
#include "core/runtime/reason.h"
#include "core/runtime/runtime.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/slots.h"
#include "core/runtime/task.h"
#include "core/runtime/timer_queue.h"
#include "core/runtime/worker_pool.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

class QTemporaryDir;

namespace loopscope {

struct SessionSettings;

/// The parts of one run, and who is alive in it. Session owns it, and hands it to threads; see there for what a run is.
class RunContext {
public:
    /// `whenIdle` is called on the loop's thread each time nothing is left to do: no task lives, no work is posted, nobody holds the run.
    RunContext(const SessionSettings &settings, std::function<void()> whenIdle);
    ~RunContext();
    RunContext(const RunContext &) = delete;
    RunContext &operator=(const RunContext &) = delete;

    // Any thread.

    [[nodiscard]] const SteadyClock &clock() const { return clock_; }
    [[nodiscard]] Recorder &recorder() { return recorder_; }
    [[nodiscard]] Scheduler &scheduler() { return scheduler_; }
    [[nodiscard]] TimerQueue &timers() { return timers_; }
    [[nodiscard]] WorkerPool &pool() { return pool_; }
    [[nodiscard]] std::uint32_t siteOf(const Reason &reason);
    /// Takes `bytes` from the budget for previews, if so much is left.
    [[nodiscard]] bool takePreviewBudget(std::uint64_t bytes);
    /// Whether a job was given up that may still occupy its worker.
    [[nodiscard]] bool hasAbandoned() const { return hasAbandoned_.load(std::memory_order_relaxed); }
    void noteAbandoned() { hasAbandoned_.store(true, std::memory_order_relaxed); }
    /// Whether the loop runs a marked job at this moment.
    [[nodiscard]] bool isLoopBlocked() const { return isLoopBlocked_.load(std::memory_order_relaxed); }

    // The thread of the session.

    /// Starts the loop's thread and the timers'; false when the system grants none.
    [[nodiscard]] bool start();
    /// Counts what keeps the run going: living tasks, posted work, holds.
    void addActivity() { ++activity_; }
    /// The counterpart. Calls whenIdle when it was the last.
    void removeActivity();
    [[nodiscard]] bool isIdle() const { return activity_ == 0; }
    /// whenIdle will not be called any more.
    void silence();
    /// Runs `work` on the loop.
    void post(std::function<void(Runtime &)> work);
    /// Asks every task to end, now and those to come. Blocking jobs notice at once, wherever they run.
    void requestStop();
    [[nodiscard]] bool isStopping() const { return isStopping_.load(std::memory_order_acquire); }
    /// Ends the threads. False when the loop or a worker did not end in time: then this must never be deleted, for they use it.
    [[nodiscard]] bool shutDown(std::chrono::milliseconds patience);

    // The loop's thread.

    [[nodiscard]] Runtime &runtime() { return runtime_; }
    [[nodiscard]] Slots &fileSlots() { return fileSlots_; }
    [[nodiscard]] std::string temporaryDirectory();
    [[nodiscard]] TaskHandle spawn(TaskOptions options, TaskContext::Body body);
    void cancel(TaskContext &task);
    void taskEnded(TaskContext &task);
    /// The task whose code runs now; null between tasks.
    [[nodiscard]] const std::shared_ptr<TaskContext> &currentTask() const { return current_; }
    /// Runs `code` as a turn of `task`.
    void runAs(const std::shared_ptr<TaskContext> &task, std::uint32_t site, const std::function<void()> &code);
    void setLoopBlocked(bool isBlocked) { isLoopBlocked_.store(isBlocked, std::memory_order_relaxed); }
    /// The run whose loop the calling thread is; null on other threads.
    [[nodiscard]] static RunContext *ofThisThread();

private:
    void enterLoopThread();
    void cancelAll();
    void armTimeout(const std::shared_ptr<TaskContext> &task, Nanoseconds timeout);
    void abandonAfterGrace(std::vector<std::shared_ptr<TaskContext>> tasks);
    [[nodiscard]] std::vector<std::shared_ptr<TaskContext>> livingTasks();

    std::mutex idleMutex_; // guards whenIdle_
    std::function<void()> whenIdle_;
    SteadyClock clock_;
    Recorder recorder_;
    Scheduler scheduler_;
    LoopThread loop_;
    WorkerPool pool_;
    TimerQueue timers_; // last of the threads: it may post until it is gone
    Runtime runtime_;
    Slots fileSlots_;
    std::unique_ptr<QTemporaryDir> temporaryDir_;
    std::shared_ptr<TaskContext> current_;
    LaneId nextLane_;
    std::atomic<int> activity_{0};
    std::atomic<bool> isStopping_{false};
    std::atomic<bool> isLoopBlocked_{false};
    std::atomic<bool> hasAbandoned_{false};
    std::atomic<std::uint64_t> previewBudget_;

    std::mutex livingMutex_; // guards living_
    std::vector<std::shared_ptr<TaskContext>> living_;
};

} // namespace loopscope
