#pragma once

#include "core/record/recorder.h"

#include <chrono>
#include <memory>
#include <string>

class QThreadPool;

namespace loopscope {

/// A job for a worker.
class PoolJob {
public:
    virtual ~PoolJob() = default;
    /// On the worker's thread; `worker` is its lane. `self` is the pool's share of this job: handed on to whom the job is finished for, so
    /// that it is freed by the loop that made it and not, across threads, by the worker. Must not throw.
    virtual void work(std::shared_ptr<PoolJob> self, LaneId worker) = 0;
    /// No worker could be started, so work() will not be called. On the thread that submitted.
    virtual void refuse(const std::string &reason) = 0;
};

/// The threads that run blocking jobs: QRunnables on a QThreadPool, each of which takes jobs from one queue, first come, first served.
///
/// A runnable a worker rather than one a job: a runnable a job costs a wake of a thread each.
class WorkerPool {
public:
    /// Workers get the lanes 1…size. They start when there is work for them. The recorder must outlive the pool, or be abandoned with it.
    WorkerPool(int size, Recorder &recorder);
    /// Waits for the workers, unless closeAndWait() gave up on them.
    ~WorkerPool();
    WorkerPool(const WorkerPool &) = delete;
    WorkerPool &operator=(const WorkerPool &) = delete;

    [[nodiscard]] int size() const { return size_; }
    /// Any thread. When the system grants fewer threads than `size`, the jobs are done by those there are; when it grants none, the job is
    /// refused.
    void submit(std::shared_ptr<PoolJob> job);
    /// Workers that the system did not grant when they were wanted; 0 as a rule. Any thread.
    [[nodiscard]] int workersMissing() const;
    /// Takes no more jobs, and waits for the workers to end. False when some still work at the deadline: they are left alone for good, with
    /// the pool's state, which they own.
    [[nodiscard]] bool closeAndWait(std::chrono::steady_clock::time_point deadline);

private:
    struct Shared;
    class Worker;

    bool needsWorker(Shared &shared) const;
    bool startWorker();

    const int size_;
    Recorder &recorder_;
    std::shared_ptr<Shared> shared_;
    std::unique_ptr<QThreadPool> threads_;
};

} // namespace loopscope
