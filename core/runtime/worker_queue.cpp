#include "core/runtime/worker_queue.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <utility>

namespace loopscope {

namespace {

// How often an idle worker looks for a job before it sleeps: for some 10 µs, the time that putting it to sleep and waking it takes. One at
// a time does, as in Go's scheduler, for the others' time is the loop's.
constexpr int mostLooks = 256;

// Tells the processor that this thread waits for what another one does.
void relax()
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#endif
}

} // namespace

WorkerQueue::WorkerQueue(int poolSize)
    : size(poolSize)
{
    for (int lane = size; lane > 0; --lane)
        freeLanes.push_back(static_cast<LaneId>(lane));
}

std::shared_ptr<PoolJob> WorkerQueue::takeFirst()
{
    std::shared_ptr<PoolJob> first = std::move(jobs.front());
    jobs.pop_front();
    hasJobs.store(!jobs.empty(), std::memory_order_relaxed);
    return first;
}

void WorkerQueue::putBack(PoolJobs &taken)
{
    jobs.insert(jobs.begin(), std::make_move_iterator(taken.begin()), std::make_move_iterator(taken.end()));
    taken.clear();
    hasJobs.store(!jobs.empty(), std::memory_order_relaxed);
}

bool WorkerQueue::takeJobs(PoolJobs &taken)
{
    PoolBatch *const batch = jobs.front()->batch();
    const std::size_t share = std::max<std::size_t>(1, jobs.size() / (2 * static_cast<std::size_t>(size)));
    const std::size_t together = batch == nullptr ? 0 : batch->takenOf(share);
    do
        taken.push_back(takeFirst());
    while (taken.size() < together && !jobs.empty() && jobs.front()->batch() == batch);
    return together > 0;
}

LaneId WorkerQueue::addWorker()
{
    const LaneId lane = freeLanes.back();
    freeLanes.pop_back();
    ++idle;
    ++started;
    return lane;
}

LaneId WorkerQueue::admitWorker()
{
    if (const auto lane = std::exchange(expected, std::nullopt)) {
        workerCame();
        workerWanted.notify_one(); // the starter waits for it
        return *lane;
    }
    --lost;
    if (isOver() || freeLanes.empty())
        return noLane;
    isShort = false;
    workerCame();
    return addWorker();
}

void WorkerQueue::workerCame()
{
    ++alive;
    mostAlive = std::max(mostAlive, alive);
}

void WorkerQueue::workerLeft(LaneId lane)
{
    --alive;
    freeLane(lane);
}

void WorkerQueue::freeLane(LaneId lane)
{
    freeLanes.push_back(lane);
    ++ended;
    workerEnded.notify_all();
    if (needsWorker() || isClosing)
        workerWanted.notify_one();
}

void WorkerQueue::undoWorker(LaneId lane)
{
    --idle;
    isShort = true;
    freeLane(lane);
}

void WorkerQueue::giveUpExpected()
{
    ++lost;
    undoWorker(*std::exchange(expected, std::nullopt));
}

void WorkerQueue::add(std::shared_ptr<PoolJob> job)
{
    jobs.push_back(std::move(job));
    hasJobs.store(true, std::memory_order_relaxed);
}

bool WorkerQueue::takeAwakening()
{
    const bool isNeeded = !jobs.empty() && asleep > 0 && !isWatched && !isAwakening;
    isAwakening |= isNeeded;
    return isNeeded;
}

void WorkerQueue::awaitJob(std::unique_lock<std::mutex> &lock)
{
    while (jobs.empty() && !isClosing) {
        ++asleep;
        jobCame.wait(lock);
        --asleep;
        isAwakening = false;
    }
}

void WorkerQueue::watch(std::unique_lock<std::mutex> &lock)
{
    if (isWatched || isClosing)
        return;
    isWatched = true;
    lock.unlock();
    for (int look = 0; look < mostLooks && !hasJobs.load(std::memory_order_relaxed); ++look)
        relax();
    lock.lock();
    isWatched = false;
}

} // namespace loopscope
