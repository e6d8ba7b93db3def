#include "core/runtime/worker_pool.h"

#include <QRunnable>
#include <QThreadPool>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <iterator>
#include <mutex>
#include <new>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

namespace loopscope {

namespace {

using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr std::chrono::milliseconds firstRetry{10};
constexpr std::chrono::milliseconds slowestRetry{200};
constexpr std::chrono::seconds patience{2};
// A thread begins within microseconds, or milliseconds where all cores are busy. When one has not after the first doubt, it is asked
// whether the system still grants threads; if so, it is taken for lost after the last.
constexpr std::chrono::milliseconds firstDoubt{10};
constexpr std::chrono::milliseconds lastDoubt{500};
// A worker whose pool has been closed ends by itself, even if the pool is kept for another one that does not end.
constexpr int expiryMs = 500;
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

/// What the pool and its threads share.
struct WorkerPool::Shared {
    explicit Shared(int poolSize)
        : size(poolSize)
    {
        for (int lane = size; lane > 0; --lane)
            freeLanes.push_back(static_cast<LaneId>(lane));
    }

    const int size;
    mutable std::mutex mutex; // guards what follows
    std::condition_variable jobCame;
    std::condition_variable workerWanted;
    std::condition_variable workerEnded;
    std::deque<std::shared_ptr<PoolJob>> jobs;
    std::vector<LaneId> freeLanes;  // that no worker has; the next one takes the last
    std::optional<LaneId> expected; // of one that was started and has not come yet: one at a time, so that not all are lost in a shortage
    int lost = 0;                   // those that did not come, and have not come late
    int started = 0;                // workers, ended ones included
    int ended = 0;                  // those that never came included
    int alive = 0;
    int mostAlive = 0;
    int idle = 0;                     // started ones that have no job, those on their way to their first one included
    int asleep = 0;                   // of these
    bool isAwakening = false;         // one of them has been told to awake, and will tell the next if there is more to do
    bool isWatched = false;           // an idle one looks for jobs
    std::atomic<bool> hasJobs{false}; // for it, which holds no lock
    bool isDemandAwaited = false;     // by the starter, which otherwise looks by itself before it waits
    bool isShort = false;             // the last attempt to start a worker failed
    bool isClosing = false;
    std::atomic<int> endingsToDo{0}; // atWorkerEnd(); no lock guards it

    void add(std::shared_ptr<PoolJob> job);
    [[nodiscard]] std::shared_ptr<PoolJob> takeFirst();
    bool takeJobs(PoolJobs &taken);
    void watch(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] bool takeAwakening();
    void awaitJob(std::unique_lock<std::mutex> &lock);
    [[nodiscard]] bool needsWorker() const { return idle < static_cast<int>(jobs.size()) && !freeLanes.empty(); }
    [[nodiscard]] LaneId addWorker();
    [[nodiscard]] LaneId admitWorker();
    void workerCame();
    void removeWorker(LaneId lane);
    void undoWorker(LaneId lane);
    void giveUpExpected();
    [[nodiscard]] bool isOver() const { return isClosing && jobs.empty(); }
    [[nodiscard]] bool hasEnded() const { return jobs.empty() && ended == started; }
};

std::shared_ptr<PoolJob> WorkerPool::Shared::takeFirst()
{
    std::shared_ptr<PoolJob> first = std::move(jobs.front());
    jobs.pop_front();
    hasJobs.store(!jobs.empty(), std::memory_order_relaxed);
    return first;
}

// The first job, and those behind it that go with it, as far as that leaves some for the other workers, and for this one when it comes
// again. Answers whether they are to be done together.
bool WorkerPool::Shared::takeJobs(PoolJobs &taken)
{
    PoolBatch *const batch = jobs.front()->batch();
    const std::size_t share = std::max<std::size_t>(1, jobs.size() / (2 * static_cast<std::size_t>(size)));
    const std::size_t together = batch == nullptr ? 0 : batch->takenOf(share);
    do
        taken.push_back(takeFirst());
    while (taken.size() < together && !jobs.empty() && jobs.front()->batch() == batch);
    return together > 0;
}

// The lane of a worker that is about to start and has nothing to do yet.
LaneId WorkerPool::Shared::addWorker()
{
    const LaneId lane = freeLanes.back();
    freeLanes.pop_back();
    ++idle;
    ++started;
    return lane;
}

// The lane of a worker that the thread pool has a thread for now; noLane if it is not needed any more. Any one is as good as the one
// expected.
LaneId WorkerPool::Shared::admitWorker()
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

void WorkerPool::Shared::workerCame()
{
    ++alive;
    mostAlive = std::max(mostAlive, alive);
}

void WorkerPool::Shared::removeWorker(LaneId lane)
{
    freeLanes.push_back(lane);
    ++ended;
    workerEnded.notify_all();
    if (needsWorker() || isClosing)
        workerWanted.notify_one();
}

// For one that never came.
void WorkerPool::Shared::undoWorker(LaneId lane)
{
    --idle;
    isShort = true;
    removeWorker(lane);
}

void WorkerPool::Shared::giveUpExpected()
{
    ++lost;
    undoWorker(*std::exchange(expected, std::nullopt));
}

void WorkerPool::Shared::add(std::shared_ptr<PoolJob> job)
{
    jobs.push_back(std::move(job));
    hasJobs.store(true, std::memory_order_relaxed);
}

// Whether the caller has to awake a worker.
bool WorkerPool::Shared::takeAwakening()
{
    const bool isNeeded = !jobs.empty() && asleep > 0 && !isWatched && !isAwakening;
    isAwakening |= isNeeded;
    return isNeeded;
}

void WorkerPool::Shared::awaitJob(std::unique_lock<std::mutex> &lock)
{
    while (jobs.empty() && !isClosing) {
        ++asleep;
        jobCame.wait(lock);
        --asleep;
        isAwakening = false;
    }
}

// Looks for jobs for a while, without the lock, if nobody else does.
void WorkerPool::Shared::watch(std::unique_lock<std::mutex> &lock)
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

class WorkerPool::Worker final : public QRunnable {
public:
    explicit Worker(WorkerPool &pool)
        : shared_(pool.shared_)
        , pool_(pool)
    {
    }

    /// On a thread of the thread pool's.
    void run() override
    {
        if (const LaneId lane = admit(); lane != noLane)
            workAs(lane);
    }

    /// On a thread of its own.
    void runAs(LaneId lane)
    {
        {
            const std::scoped_lock lock(shared_->mutex);
            shared_->workerCame();
        }
        workAs(lane);
    }

private:
    [[nodiscard]] LaneId admit()
    {
        const std::scoped_lock lock(shared_->mutex);
        return shared_->admitWorker();
    }

    void workAs(LaneId lane)
    {
        lane_ = lane;
        pool_.recorder_.bindThread(lane_);
        endingsToDo = &shared_->endingsToDo;
        while (takeJobs()) {
            PoolJob &first = *jobs_.front();
            if (isTogether_)
                first.workTogether(jobs_, lane_);
            else
                first.work(std::move(jobs_.front()), lane_);
            jobs_.clear();
            if (pool_.life_ == WorkerLife::Job) {
                if (!shared_->hasJobs.load(std::memory_order_relaxed))
                    pool_.ranOut_();
                break;
            }
        }
        doEndings();
        endingsToDo = nullptr;
        const std::scoped_lock lock(shared_->mutex);
        --shared_->alive;
        shared_->removeWorker(lane_);
    }

    /// Waits for jobs; false when there will be none.
    bool takeJobs()
    {
        std::unique_lock lock(shared_->mutex);
        if (std::exchange(isAtWork_, false)) {
            ++shared_->idle;
            if (shared_->jobs.empty()) {
                lock.unlock();
                pool_.ranOut_();
                lock.lock();
            }
        }
        if (shared_->jobs.empty())
            shared_->watch(lock);
        shared_->awaitJob(lock);
        if (shared_->jobs.empty())
            return false;
        --shared_->idle;
        isAtWork_ = true;
        isTogether_ = shared_->takeJobs(jobs_);
        if (shared_->isOver())
            shared_->workerWanted.notify_all(); // the starter need not wait for more
        const bool needsAwakening = shared_->takeAwakening();
        lock.unlock();
        if (needsAwakening)
            shared_->jobCame.notify_one();
        return true;
    }

    const std::shared_ptr<Shared> shared_;
    WorkerPool &pool_; // which may be gone when this one comes, and is not wanted any more
    LaneId lane_ = noLane;
    PoolJobs jobs_; // its own
    bool isTogether_ = false;
    bool isAtWork_ = false;
};

WorkerPool::WorkerPool(int size, Recorder &recorder, std::function<void()> ranOut, WorkerLife life)
    : size_(size)
    , life_(life)
    , recorder_(recorder)
    , ranOut_(std::move(ranOut))
    , shared_(std::make_shared<Shared>(size))
    , threads_(std::make_unique<QThreadPool>())
{
    threads_->setMaxThreadCount(size);
    threads_->setExpiryTimeout(expiryMs);
}

WorkerPool::~WorkerPool()
{
    (void)closeAndWait(Steady::time_point::max());
    const std::scoped_lock lock(shared_->mutex);
    if (shared_->lost > 0)
        (void)threads_.release(); // it would wait for a thread that there never was
}

bool WorkerPool::start()
{
    try {
        starter_ = std::thread(&WorkerPool::startWorkers, this);
        return true;
    } catch (const std::system_error &) {
        return false;
    }
}

void WorkerPool::submit(std::shared_ptr<PoolJob> job)
{
    bool needsAwakening = false;
    bool wantsWorker = false;
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->add(std::move(job));
        needsAwakening = shared_->takeAwakening();
        wantsWorker = shared_->isDemandAwaited && shared_->needsWorker();
    }
    if (needsAwakening)
        shared_->jobCame.notify_one();
    if (wantsWorker)
        shared_->workerWanted.notify_one();
}

void WorkerPool::putBack(PoolJobs &jobs)
{
    if (jobs.empty())
        return;
    bool needsAwakening = false;
    {
        const std::scoped_lock lock(shared_->mutex);
        shared_->jobs.insert(shared_->jobs.begin(), std::make_move_iterator(jobs.begin()), std::make_move_iterator(jobs.end()));
        shared_->hasJobs.store(true, std::memory_order_relaxed);
        needsAwakening = shared_->takeAwakening();
    }
    jobs.clear();
    if (needsAwakening)
        shared_->jobCame.notify_one();
}

// The starter's thread. `delay` is the time between attempts, `giveUp` the time at which jobs are refused that found no worker until then.
void WorkerPool::startWorkers()
{
    std::unique_lock lock(shared_->mutex);
    auto delay = firstRetry;
    auto giveUp = Steady::time_point::max(); // while there is a worker, or no shortage
    while (awaitDemand(lock)) {
        const ThreadShortage shortage = shared_->expected ? awaitExpected(lock) : startWorker(lock);
        if (shortage == ThreadShortage::None) {
            delay = firstRetry;
            if (!shared_->expected) // else it may be lost yet
                giveUp = Steady::time_point::max();
            continue;
        }
        shared_->isShort = true;
        giveUp = shared_->alive > 0 ? Steady::time_point::max() : std::min(giveUp, Steady::now() + patience);
        if (Steady::now() >= giveUp) {
            giveUp = Steady::time_point::max();
            refuseAll(lock, shortageText(shortage));
            continue;
        }
        // One that ends leaves room for the next.
        shared_->workerWanted.wait_for(lock, delay,
                                       [this, ended = shared_->ended] { return shared_->isOver() || shared_->ended != ended; });
        delay = std::min(2 * delay, slowestRetry);
    }
}

// Waits until a worker is to be started, or one is expected; false when there will be no more to do.
bool WorkerPool::awaitDemand(std::unique_lock<std::mutex> &lock)
{
    shared_->isDemandAwaited = true;
    shared_->workerWanted.wait(lock, [this] { return shared_->expected || shared_->needsWorker() || shared_->isOver(); });
    shared_->isDemandAwaited = false;
    return shared_->expected || shared_->needsWorker();
}

// Until it has come, or is taken for lost: then there was no thread for it.
ThreadShortage WorkerPool::awaitExpected(std::unique_lock<std::mutex> &lock)
{
    const auto hasCome = [this] { return !shared_->expected; };
    if (shared_->workerWanted.wait_for(lock, firstDoubt, hasCome))
        return ThreadShortage::None;
    lock.unlock();
    const bool areThreadsGranted = threadShortage() != ThreadShortage::Threads;
    lock.lock();
    if (shared_->workerWanted.wait_for(lock, areThreadsGranted ? lastDoubt - firstDoubt : 0ms, hasCome))
        return ThreadShortage::None;
    shared_->giveUpExpected();
    threads_->setMaxThreadCount(threads_->maxThreadCount() + 1); // it counts the lost one for ever
    return ThreadShortage::Threads;
}

// None if the queue has emptied meanwhile. Unlocks while it starts one.
ThreadShortage WorkerPool::startWorker(std::unique_lock<std::mutex> &lock)
{
    const bool wasShort = shared_->isShort;
    lock.unlock();
    // To try with a thread of its own each time would cost as much as the worker.
    ThreadShortage shortage = ThreadShortage::None;
    if (life_ == WorkerLife::Run)
        shortage = wasShort ? threadShortage() : descriptorShortage();
    lock.lock();
    if (shortage != ThreadShortage::None)
        return shortage;
    shared_->isShort = false;
    if (!shared_->needsWorker())
        return ThreadShortage::None;
    return life_ == WorkerLife::Run ? startOnPool(lock) : startAlone(lock);
}

// The thread pool takes it in any case, and does not say whether there is a thread for it.
ThreadShortage WorkerPool::startOnPool(std::unique_lock<std::mutex> &lock)
{
    auto *const worker = new (std::nothrow) Worker(*this);
    if (worker == nullptr)
        return ThreadShortage::Threads;
    shared_->expected = shared_->addWorker();
    lock.unlock();
    try {
        threads_->start(worker); // which deletes it
    } catch (const std::bad_alloc &) {
        // Whether it will come nobody knows, as ever.
    }
    lock.lock();
    return ThreadShortage::None;
}

ThreadShortage WorkerPool::startAlone(std::unique_lock<std::mutex> &lock)
{
    const LaneId lane = shared_->addWorker();
    lock.unlock();
    const bool isStarted = startThread(lane);
    lock.lock();
    if (isStarted)
        return ThreadShortage::None;
    shared_->undoWorker(lane);
    return ThreadShortage::Threads;
}

bool WorkerPool::startThread(LaneId lane)
{
    try {
        auto worker = std::make_unique<Worker>(*this);
        std::thread([worker = std::move(worker), lane] { worker->runAs(lane); }).detach();
        return true;
    } catch (const std::exception &) { // no thread, or no memory
        return false;
    }
}

// One after another: a list of them would want memory. A worker that comes meanwhile does the rest.
void WorkerPool::refuseAll(std::unique_lock<std::mutex> &lock, const char *reason)
{
    for (std::size_t left = shared_->jobs.size(); left > 0 && !shared_->jobs.empty() && shared_->alive == 0; --left) {
        std::shared_ptr<PoolJob> job = shared_->takeFirst();
        lock.unlock();
        job->refuse(reason);
        job.reset();
        lock.lock();
    }
    shared_->workerEnded.notify_all(); // closeAndWait() waits for the queue, too
}

int WorkerPool::workersMissing() const
{
    const std::scoped_lock lock(shared_->mutex);
    return shared_->isShort ? size_ - shared_->mostAlive : 0;
}

bool WorkerPool::hasEndings() const
{
    return shared_->endingsToDo > 0;
}

bool WorkerPool::closeAndWait(Steady::time_point deadline)
{
    {
        std::unique_lock lock(shared_->mutex);
        shared_->isClosing = true;
        shared_->jobCame.notify_all();
        shared_->workerWanted.notify_all();
        if (!shared_->workerEnded.wait_until(lock, deadline, [this] { return shared_->hasEnded(); }))
            return false;
    }
    if (starter_.joinable())
        starter_.join();
    // It may have been starting one more.
    std::unique_lock lock(shared_->mutex);
    return shared_->workerEnded.wait_until(lock, deadline, [this] { return shared_->hasEnded(); });
}

} // namespace loopscope
