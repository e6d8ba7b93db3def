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
    /// Counts the beginnings and the ends of tasks' turns: odd while one lasts. The same odd number twice is a loop that one callback
    /// holds.
    [[nodiscard]] std::uint64_t loopBeat() const { return loopBeat_.load(std::memory_order_relaxed); }
    /// Counts what keeps the run going: living tasks, posted work, holds.
    void addActivity() { ++activity_; }
    /// The counterpart. Calls whenIdle when it was the last.
    void removeActivity();
    [[nodiscard]] bool isIdle() const { return activity_ == 0; }

    // The thread of the session.

    /// Starts the threads; false when the system grants none for the loop, or no descriptor. Then nothing must be posted.
    [[nodiscard]] bool start();
    /// whenIdle will not be called any more.
    void silence();
    /// Runs `work` on the loop. What it throws becomes a note of the run.
    void post(std::function<void(Runtime &)> work);
    /// Asks every task to end, now and those to come. Blocking jobs notice at once, wherever they run.
    void requestStop();
    [[nodiscard]] bool isStopping() const { return isStopping_.load(std::memory_order_acquire); }
    /// Ends the loop. False when it did not end in time.
    [[nodiscard]] bool endLoop(std::chrono::milliseconds patience);
    /// Ends all threads. False when the loop or a worker did not end in time: then this must not be deleted, for they use it, and may be
    /// asked again.
    [[nodiscard]] bool endThreads(std::chrono::milliseconds patience);
    /// Removes the temporary directory, also of a run that cannot be deleted; files that are open stay readable.
    void removeTemporaryFiles();
    /// How many tasks are still to be made. Any thread.
    [[nodiscard]] std::size_t tasksToCome() const { return tasksToCome_.load(std::memory_order_relaxed); }
    /// Tells what is worth telling of the run and belongs to no task. Once is enough. Any thread.
    void addNote(std::string note);
    [[nodiscard]] std::vector<std::string> notes();

    // The loop's thread.

    [[nodiscard]] Runtime &runtime() { return runtime_; }
    [[nodiscard]] Slots &fileSlots() { return fileSlots_; }
    [[nodiscard]] std::string temporaryDirectory();
    [[nodiscard]] TaskHandle spawn(TaskOptions options, std::unique_ptr<TaskBody> body);
    void cancel(TaskContext &task);
    void taskEnded(TaskContext &task);
    /// Counts tasks that are still to be made, and those of them that have been.
    void addTasksToCome(std::size_t count) { tasksToCome_.fetch_add(count, std::memory_order_relaxed); }
    void removeTasksToCome(std::size_t count) { tasksToCome_.fetch_sub(count, std::memory_order_relaxed); }
    /// The task whose code runs now; null between tasks.
    [[nodiscard]] TaskContext *currentTask() const { return current_; }
    /// Runs `code` as a turn of `task`, which lives. It may be gone afterwards.
    void runAs(TaskContext &task, std::uint32_t site, const std::function<void()> &code);
    /// The run whose loop the calling thread is; null on other threads.
    [[nodiscard]] static RunContext *ofThisThread();

private:
    void enterLoopThread();
    void beatLoop() { loopBeat_.store(loopBeat() + 1, std::memory_order_relaxed); } // one thread writes it
    void cancelAll();
    void armTimeout(const Ref<TaskContext> &task, Nanoseconds timeout);
    void abandonAfter(std::chrono::milliseconds delay, std::vector<Ref<TaskContext>> tasks);
    [[nodiscard]] std::vector<Ref<TaskContext>> livingTasks();

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
    TaskContext *current_ = nullptr;
    Ref<TaskContext> justEnded_; // the current task, once it is not among the living any more
    LaneId nextLane_;
    std::atomic<int> activity_{0};
    std::atomic<bool> isStopping_{false};
    std::atomic<std::size_t> tasksToCome_{0};
    std::atomic<std::uint64_t> loopBeat_{0};
    std::atomic<bool> hasAbandoned_{false};
    std::atomic<std::uint64_t> previewBudget_;

    std::mutex livingMutex_; // guards living_
    std::vector<Ref<TaskContext>> living_;
    std::mutex outcomeMutex_; // guards what follows
    std::vector<std::string> notes_;
    std::unique_ptr<QTemporaryDir> temporaryDir_;
    bool mayHaveTemporaryFiles_ = true;
};

} // namespace loopscope
