#include "core/runtime/pool_worker.h"

#include <atomic>
#include <utility>
#include <vector>

namespace loopscope {

namespace {

std::vector<std::function<void()>> &endings()
{
    thread_local std::vector<std::function<void()>> endings;
    return endings;
}

// Those of its pool, if this thread is a worker.
constinit thread_local std::atomic<int> *endingsToDo = nullptr;

void doEndings()
{
    for (std::vector<std::function<void()>> &left = endings(); !left.empty();) {
        const auto what = std::move(left.back());
        left.pop_back();
        what();
        --*endingsToDo;
    }
}

} // namespace

void atWorkerEnd(std::function<void()> what)
{
    endings().push_back(std::move(what));
    if (endingsToDo != nullptr)
        ++*endingsToDo;
}

void PoolWorker::run()
{
    if (const LaneId lane = admit(); lane != noLane)
        work(lane);
}

LaneId PoolWorker::admit()
{
    const std::scoped_lock lock(queue_->mutex);
    return queue_->admitWorker();
}

void PoolWorker::runAs(LaneId lane)
{
    {
        const std::scoped_lock lock(queue_->mutex);
        queue_->workerCame();
    }
    work(lane);
}

void PoolWorker::work(LaneId lane)
{
    settings_.recorder.bindThread(lane);
    endingsToDo = &queue_->endingsToDo;
    while (takeJobs()) {
        PoolJob &first = *jobs_.front();
        if (isTogether_)
            first.workTogether(jobs_, lane);
        else
            first.work(std::move(jobs_.front()), lane);
        jobs_.clear();
        if (settings_.life == WorkerLife::Job) {
            if (!queue_->hasJobs.load(std::memory_order_relaxed))
                settings_.ranOut();
            break;
        }
    }
    doEndings();
    endingsToDo = nullptr;
    const std::scoped_lock lock(queue_->mutex);
    queue_->workerLeft(lane);
}

// Waits for jobs; false when there will be none.
bool PoolWorker::takeJobs()
{
    std::unique_lock lock(queue_->mutex);
    if (std::exchange(isAtWork_, false)) {
        ++queue_->idle;
        if (queue_->jobs.empty()) {
            lock.unlock();
            settings_.ranOut();
            lock.lock();
        }
    }
    if (queue_->jobs.empty())
        queue_->watch(lock);
    queue_->awaitJob(lock);
    if (queue_->jobs.empty())
        return false;
    --queue_->idle;
    isAtWork_ = true;
    isTogether_ = queue_->takeJobs(jobs_);
    if (queue_->isOver())
        queue_->workerWanted.notify_all(); // the starter need not wait for more
    const bool needsAwakening = queue_->takeAwakening();
    lock.unlock();
    if (needsAwakening)
        queue_->jobCame.notify_one();
    return true;
}

} // namespace loopscope
