#include "core/runtime/worker_pool.h"

#include <QRunnable>
#include <QThreadPool>

#include <array>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <system_error>
#include <thread>

#include <sys/eventfd.h>
#include <unistd.h>

namespace loopscope {

/// What the pool and its workers share. The workers own it too, for one that does not end outlives the pool.
struct WorkerPool::Shared {
    std::mutex mutex; // guards what follows
    std::condition_variable changed;
    std::deque<std::shared_ptr<PoolJob>> jobs;
    int started = 0; // workers, ended ones included
    int ended = 0;
    int idle = 0;
    int missing = 0;
    bool isClosing = false;
};

class WorkerPool::Worker final : public QRunnable {
public:
    Worker(std::shared_ptr<Shared> shared, Recorder &recorder, LaneId lane)
        : shared_(std::move(shared))
        , recorder_(recorder)
        , lane_(lane)
    {
    }

    void run() override
    {
        recorder_.bindThread(lane_);
        while (std::shared_ptr<PoolJob> job = nextJob()) {
            PoolJob &work = *job;
            work.work(std::move(job), lane_);
        }
        const std::scoped_lock lock(shared_->mutex);
        ++shared_->ended;
        shared_->changed.notify_all();
    }

private:
    /// Waits for a job; null when there will be none.
    std::shared_ptr<PoolJob> nextJob()
    {
        std::unique_lock lock(shared_->mutex);
        ++shared_->idle;
        shared_->changed.wait(lock, [this] { return !shared_->jobs.empty() || shared_->isClosing; });
        --shared_->idle;
        if (shared_->jobs.empty())
            return nullptr;
        auto job = std::move(shared_->jobs.front());
        shared_->jobs.pop_front();
        return job;
    }

    const std::shared_ptr<Shared> shared_;
    Recorder &recorder_;
    const LaneId lane_;
};

namespace {

/// Whether enough descriptors are left to start a thread. Qt gives each of its threads an event dispatcher, and glib ends the program when
/// there is no descriptor for that; a few more are for what other workers open meanwhile.
bool hasSpareDescriptors()
{
    std::array<int, 8> spare{};
    for (int &descriptor : spare)
        descriptor = ::eventfd(0, EFD_CLOEXEC);
    const bool isEnough = spare.back() >= 0;
    for (const int descriptor : spare) {
        if (descriptor >= 0)
            ::close(descriptor);
    }
    return isEnough;
}

/// Whether the system grants a thread now. Asked of a thread that does nothing, because QThreadPool loses the runnable of a thread that
/// fails to start, and then waits for it for ever.
bool canStartThread()
{
    try {
        std::thread([] {}).join();
        return true;
    } catch (const std::system_error &) {
        return false;
    }
}

} // namespace

WorkerPool::WorkerPool(int size, Recorder &recorder)
    : size_(size)
    , recorder_(recorder)
    , shared_(std::make_shared<Shared>())
    , threads_(std::make_unique<QThreadPool>())
{
    threads_->setMaxThreadCount(size);
    threads_->setExpiryTimeout(-1);
}

WorkerPool::~WorkerPool()
{
    if (threads_)
        (void)closeAndWait(std::chrono::steady_clock::time_point::max());
}

bool WorkerPool::needsWorker(Shared &shared) const
{
    return shared.idle < static_cast<int>(shared.jobs.size()) && shared.started < size_;
}

bool WorkerPool::startWorker()
{
    if (!hasSpareDescriptors() || !canStartThread())
        return false;
    const std::scoped_lock lock(shared_->mutex);
    ++shared_->started;
    threads_->start(new Worker(shared_, recorder_, static_cast<LaneId>(shared_->started))); // the thread pool deletes it
    return true;
}

void WorkerPool::submit(std::shared_ptr<PoolJob> job)
{
    bool wantsWorker = false;
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->jobs.push_back(job);
        wantsWorker = needsWorker(*shared_);
    }
    shared_->changed.notify_one();
    if (!wantsWorker || startWorker())
        return;
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->missing = size_ - shared_->started;
        if (shared_->started > 0)
            return;
        std::erase(shared_->jobs, job);
    }
    job->refuse("the system grants no thread for a worker");
}

int WorkerPool::workersMissing() const
{
    const std::scoped_lock lock(shared_->mutex);
    return shared_->missing;
}

bool WorkerPool::closeAndWait(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock(shared_->mutex);
    shared_->isClosing = true;
    shared_->changed.notify_all();
    const bool haveEnded = shared_->changed.wait_until(lock, deadline, [this] { return shared_->ended == shared_->started; });
    lock.unlock();
    if (haveEnded)
        threads_.reset();
    else
        (void)threads_.release(); // its destructor would wait for the workers
    return haveEnded;
}

} // namespace loopscope
