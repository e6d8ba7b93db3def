#include "core/runtime/worker_pool.h"

#include <utility>

namespace loopscope {

WorkerPool::WorkerPool(int size, Recorder &recorder, std::function<void()> ranOut, WorkerLife life)
    : settings_{recorder, std::move(ranOut), life}
    , queue_(std::make_shared<WorkerQueue>(size))
    , starter_(queue_, settings_)
{
}

WorkerPool::~WorkerPool()
{
    (void)closeAndWait(std::chrono::steady_clock::time_point::max());
}

bool WorkerPool::start()
{
    return starter_.start();
}

void WorkerPool::submit(std::shared_ptr<PoolJob> job)
{
    bool needsAwakening = false;
    bool wantsWorker = false;
    {
        const std::scoped_lock lock(queue_->mutex);
        queue_->add(std::move(job));
        needsAwakening = queue_->takeAwakening();
        wantsWorker = queue_->isDemandAwaited && queue_->needsWorker();
    }
    if (needsAwakening)
        queue_->jobCame.notify_one();
    if (wantsWorker)
        queue_->workerWanted.notify_one();
}

void WorkerPool::putBack(PoolJobs &jobs)
{
    if (jobs.empty())
        return;
    bool needsAwakening = false;
    {
        const std::scoped_lock lock(queue_->mutex);
        queue_->putBack(jobs);
        needsAwakening = queue_->takeAwakening();
    }
    if (needsAwakening)
        queue_->jobCame.notify_one();
}

int WorkerPool::workersMissing() const
{
    const std::scoped_lock lock(queue_->mutex);
    return queue_->isShort ? queue_->size - queue_->mostAlive : 0;
}

bool WorkerPool::hasEndings() const
{
    return queue_->endingsToDo > 0;
}

bool WorkerPool::closeAndWait(std::chrono::steady_clock::time_point deadline)
{
    {
        std::unique_lock lock(queue_->mutex);
        queue_->isClosing = true;
        queue_->jobCame.notify_all();
        queue_->workerWanted.notify_all();
        if (!queue_->workerEnded.wait_until(lock, deadline, [this] { return queue_->hasEnded(); }))
            return false;
    }
    starter_.join();
    // It may have been starting one more.
    std::unique_lock lock(queue_->mutex);
    return queue_->workerEnded.wait_until(lock, deadline, [this] { return queue_->hasEnded(); });
}

} // namespace loopscope
