#pragma once

#include "core/runtime/pool_worker.h"
#include "core/runtime/thread_supply.h"

#include <memory>
#include <mutex>
#include <thread>

class QThreadPool;

namespace loopscope {

/// The thread that starts a pool's workers when there is work for them, and knows what to do when the system grants none: see WorkerPool.
class WorkerStarter {
public:
    /// `settings` must outlive the workers that the queue admits.
    WorkerStarter(std::shared_ptr<WorkerQueue> queue, const WorkerSettings &settings);
    /// Requires that all workers have ended, and that the starter was joined, or not started.
    ~WorkerStarter();
    WorkerStarter(const WorkerStarter &) = delete;
    WorkerStarter &operator=(const WorkerStarter &) = delete;

    /// False when the system grants no thread for it.
    [[nodiscard]] bool start();
    /// Waits for the thread, which ends when the queue is closing and empty. Nothing if there is none.
    void join();

private:
    void startWorkers();
    [[nodiscard]] bool awaitDemand(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] ThreadShortage awaitExpected(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] ThreadShortage startWorker(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] ThreadShortage startOnPool(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] ThreadShortage startAlone(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] bool startThread(LaneId lane);
    void refuseAll(std::unique_lock<std::mutex> &lock, const char *reason);

    const std::shared_ptr<WorkerQueue> queue_; // with workers that come when the pool has gone
    const WorkerSettings &settings_;
    std::unique_ptr<QThreadPool> threads_;
    std::thread thread_;
};

} // namespace loopscope
