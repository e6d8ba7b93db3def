#pragma once

#include "core/record/recorder.h"
#include "core/runtime/reason.h"
#include "core/runtime/thread_supply.h"
#include "core/runtime/worker_life.h"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

class QThreadPool;

namespace loopscope {

class PoolJob;

/// Several jobs, for one worker to do at once. The first are those that were queued first.
using PoolJobs = std::vector<std::shared_ptr<PoolJob>>;

/// What jobs have in common that can be done at once, for less than one after the other would cost.
class PoolBatch {
public:
    virtual ~PoolBatch() = default;
    /// How many of its jobs a worker takes to do together, if `share` is what falls to it, 1 or more: not more than that; 0 to do the first
    /// alone. On any worker's thread, while the queue is locked.
    [[nodiscard]] virtual std::size_t takenOf(std::size_t share) const = 0;
    /// What the tasks await while a worker prepares their jobs. On that worker's thread.
    [[nodiscard]] virtual Reason reason() const = 0;
};

/// A job for a worker.
class PoolJob {
public:
    virtual ~PoolJob() = default;
    /// On the worker's thread; `worker` is its lane. `self` is the pool's share of this job: handed on to whom the job is finished for, so
    /// that it is freed by the loop that made it and not, across threads, by the worker. Must not throw.
    virtual void work(std::shared_ptr<PoolJob> self, LaneId worker) = 0;
    /// No worker could be started, so work() will not be called. On any thread. Must not throw: there may be no memory.
    virtual void refuse(const char *reason) = 0;
    /// The batch that it belongs to; null if it can only be done alone. Does not change while the job is queued.
    [[nodiscard]] virtual PoolBatch *batch() const { return nullptr; }
    /// Does `jobs`, this one and others of its batch, in place of a work() each. On the worker's thread. Must not throw.
    virtual void workTogether(PoolJobs &jobs, LaneId worker) = 0;
};

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
    [[nodiscard]] int size() const { return size_; }
    [[nodiscard]] WorkerLife life() const { return life_; }
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
    struct Shared;
    class Worker;

    // The starter's.
    void startWorkers();
    [[nodiscard]] bool awaitDemand(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] ThreadShortage awaitExpected(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] ThreadShortage startWorker(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] ThreadShortage startOnPool(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] ThreadShortage startAlone(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] bool startThread(LaneId lane);
    void refuseAll(std::unique_lock<std::mutex> &lock, const char *reason);

    const int size_;
    const WorkerLife life_;
    Recorder &recorder_;
    const std::function<void()> ranOut_;
    const std::shared_ptr<Shared> shared_; // with workers that come when the pool has gone
    std::unique_ptr<QThreadPool> threads_;
    std::thread starter_;
};

} // namespace loopscope
