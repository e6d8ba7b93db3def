#pragma once

#include "core/record/recorder.h"
#include "core/runtime/worker_life.h"
#include "core/runtime/worker_queue.h"

#include <QRunnable>

#include <functional>
#include <memory>
#include <utility>

namespace loopscope {

/// How the workers of a pool work.
struct WorkerSettings {
    Recorder &recorder;
    /// Called by a worker that finds no job after one.
    std::function<void()> ranOut;
    WorkerLife life = WorkerLife::Run;
};

/// A thread's turn as a worker: takes jobs from the queue until there will be none, or after the first if it lives for one.
class PoolWorker final : public QRunnable {
public:
    /// `settings` may be gone when this one comes, if the queue does not want it any more.
    PoolWorker(std::shared_ptr<WorkerQueue> queue, const WorkerSettings &settings)
        : queue_(std::move(queue))
        , settings_(settings)
    {
    }

    /// On a thread of a QThreadPool's: as one that has come now, if it is still wanted.
    void run() override;
    /// On a thread of its own, for which `lane` was taken.
    void runAs(LaneId lane);

private:
    [[nodiscard]] LaneId admit();
    void work(LaneId lane);
    [[nodiscard]] bool takeJobs();

    const std::shared_ptr<WorkerQueue> queue_;
    const WorkerSettings &settings_;
    PoolJobs jobs_; // its own
    bool isTogether_ = false;
    bool isAtWork_ = false;
};

} // namespace loopscope
