#pragma once

#include "core/runtime/pool_job.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace loopscope {

/// What the threads of a WorkerPool share: the jobs that wait for a worker, and who of the workers is there.
///
/// Everything, functions too, is for who holds the mutex, unless it says otherwise.
struct WorkerQueue {
    /// For workers of the lanes 1…poolSize.
    explicit WorkerQueue(int poolSize);

    const int size; ///< no lock needed
    std::mutex mutex;
    std::condition_variable jobCame;
    std::condition_variable workerWanted;
    std::condition_variable workerEnded;
    std::deque<std::shared_ptr<PoolJob>> jobs;
    std::vector<LaneId> freeLanes;  ///< that no worker has; the next one takes the last
    std::optional<LaneId> expected; ///< of one that was started and has not come yet: one at a time, so that not all are lost in a shortage
    int lost = 0;                   ///< those that did not come, and have not come late
    int started = 0;                ///< workers, ended ones included
    int ended = 0;                  ///< those that never came included
    int alive = 0;
    int mostAlive = 0;
    int idle = 0;                     ///< started ones that have no job, those on their way to their first one included
    int asleep = 0;                   ///< of these
    bool isAwakening = false;         ///< one of them has been told to awake, and will tell the next if there is more to do
    bool isWatched = false;           ///< an idle one looks for jobs
    std::atomic<bool> hasJobs{false}; ///< the same as !jobs.empty(), to be read without the lock
    bool isDemandAwaited = false;     ///< by the starter, which otherwise looks by itself before it waits
    bool isShort = false;             ///< the last attempt to start a worker failed
    bool isClosing = false;
    std::atomic<int> endingsToDo{0}; ///< atWorkerEnd(); no lock needed

    void add(std::shared_ptr<PoolJob> job);
    /// To the head, in their order: `taken` is empty then.
    void putBack(PoolJobs &taken);
    [[nodiscard]] std::shared_ptr<PoolJob> takeFirst();
    /// The first job, and those behind it that go with it, as far as that leaves some for the other workers, and for this one when it comes
    /// again. Answers whether they are to be done together.
    bool takeJobs(PoolJobs &taken);
    /// Whether the caller has to awake a worker, by jobCame.
    [[nodiscard]] bool takeAwakening();

    /// Looks for jobs for a while, without the lock, if nobody else does.
    void watch(std::unique_lock<std::mutex> &lock);
    /// Sleeps until there are jobs, or the pool closes.
    void awaitJob(std::unique_lock<std::mutex> &lock);

    [[nodiscard]] bool needsWorker() const { return idle < static_cast<int>(jobs.size()) && !freeLanes.empty(); }
    /// The lane of a worker that is about to start and has nothing to do yet.
    [[nodiscard]] LaneId addWorker();
    /// The lane of a worker that the thread pool has a thread for now; noLane if it is not needed any more. Any one is as good as the one
    /// expected.
    [[nodiscard]] LaneId admitWorker();
    void workerCame();
    void workerLeft(LaneId lane);
    /// For one that never came.
    void undoWorker(LaneId lane);
    void giveUpExpected();

    [[nodiscard]] bool isOver() const { return isClosing && jobs.empty(); }
    [[nodiscard]] bool hasEnded() const { return jobs.empty() && ended == started; }

private:
    void freeLane(LaneId lane);
};

} // namespace loopscope
