#pragma once

#include "core/record/recorder.h"
#include "core/runtime/pool_job.h"
#include "core/runtime/pool_worker.h"
#include "core/runtime/worker_life.h"
#include "core/runtime/worker_queue.h"
#include "core/runtime/worker_starter.h"

#include <chrono>
#include <functional>
#include <memory>

namespace loopscope {

/// The threads that run blocking jobs: QRunnables on a QThreadPool, each of which takes jobs from one queue, first come, first served.
/// Where neighbours in the queue belong to one batch, a worker takes its share of them at once.
///
/// A runnable a worker rather than one a job: a runnable a job costs a wake of a thread each. Workers start when there is work for them, by
/// a thread of the pool's own: where the workers keep all cores busy, starting another takes milliseconds, which nobody else may lose.
/// When the system grants fewer threads than the pool's size, those there are do the jobs. While no worker lives and it grants none, the
/// pool tries again for two seconds; then the jobs are refused. QThreadPool does not say that a thread was refused: a worker reports that
/// it runs, and one that does not within half a second, or sooner if the system grants no thread then, is given up and started anew. If it
/// comes yet, it works if a lane is free. One that never comes is counted by its QThreadPool for ever, which therefore cannot be freed:
/// each run that lacked a thread leaves a few kilobytes.
///
/// With a thread a job, each begins with its job and ends with it, at most `size` at a time; it takes the lane of one that has ended.
class WorkerPool {
public:
    /// Workers get the lanes 1…size. The recorder must outlive the pool. `ranOut` is called by a worker that finds no job after one.
    WorkerPool(
        int size, Recorder &recorder, std::function<void()> ranOut = [] {}, WorkerLife life = WorkerLife::Run);
    /// Requires that closeAndWait() said that all have ended, or that start() was not called; waits otherwise.
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    /// Starts the thread that starts workers; false when the system grants none. Before the first submit().
    [[nodiscard]] bool start();
    [[nodiscard]] int size() const { return queue_->size; }
    [[nodiscard]] WorkerLife life() const { return settings_.life; }
    /// Any thread.
    void submit(std::shared_ptr<PoolJob> job);
    /// Gives back, to the head of the queue and in their order, jobs that a worker took and did not do. Any thread.
    void putBack(PoolJobs &jobs);
    /// Workers that the system did not grant when they were wanted; 0 as a rule. Any thread.
    [[nodiscard]] int workersMissing() const;
    /// Whether workers have something left to do at their end: atWorkerEnd(). Any thread.
    [[nodiscard]] bool hasEndings() const;
    /// Lets the workers end when the queue is empty, and waits for them. False when some still work at the deadline: then the pool must be
    /// kept, and may be asked again.
    [[nodiscard]] bool closeAndWait(std::chrono::steady_clock::time_point deadline);

private:
    const WorkerSettings settings_;
    const std::shared_ptr<WorkerQueue> queue_;
    WorkerStarter starter_;
};

} // namespace loopscope
