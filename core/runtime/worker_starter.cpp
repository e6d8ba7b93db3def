#include "core/runtime/worker_starter.h"

#include <QThreadPool>

#include <algorithm>
#include <chrono>
#include <exception>
#include <new>
#include <system_error>
#include <utility>

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

} // namespace

WorkerStarter::WorkerStarter(std::shared_ptr<WorkerQueue> queue, const WorkerSettings &settings)
    : queue_(std::move(queue))
    , settings_(settings)
    , threads_(std::make_unique<QThreadPool>())
{
    threads_->setMaxThreadCount(queue_->size);
    threads_->setExpiryTimeout(expiryMs);
}

WorkerStarter::~WorkerStarter()
{
    const std::scoped_lock lock(queue_->mutex);
    if (queue_->lost > 0)
        (void)threads_.release(); // it would wait for a thread that there never was
}

bool WorkerStarter::start()
{
    try {
        thread_ = std::thread(&WorkerStarter::startWorkers, this);
        return true;
    } catch (const std::system_error &) {
        return false;
    }
}

void WorkerStarter::join()
{
    if (thread_.joinable())
        thread_.join();
}

// `delay` is the time between attempts, `giveUp` the time at which jobs are refused that found no worker until then.
void WorkerStarter::startWorkers()
{
    std::unique_lock lock(queue_->mutex);
    auto delay = firstRetry;
    auto giveUp = Steady::time_point::max(); // while there is a worker, or no shortage
    while (awaitDemand(lock)) {
        const ThreadShortage shortage = queue_->expected ? awaitExpected(lock) : startWorker(lock);
        if (shortage == ThreadShortage::None) {
            delay = firstRetry;
            if (!queue_->expected) // else it may be lost yet
                giveUp = Steady::time_point::max();
            continue;
        }
        queue_->isShort = true;
        giveUp = queue_->alive > 0 ? Steady::time_point::max() : std::min(giveUp, Steady::now() + patience);
        if (Steady::now() >= giveUp) {
            giveUp = Steady::time_point::max();
            refuseAll(lock, shortageText(shortage));
            continue;
        }
        // One that ends leaves room for the next.
        queue_->workerWanted.wait_for(lock, delay, [this, ended = queue_->ended] { return queue_->isOver() || queue_->ended != ended; });
        delay = std::min(2 * delay, slowestRetry);
    }
}

// Waits until a worker is to be started, or one is expected; false when there will be no more to do.
bool WorkerStarter::awaitDemand(std::unique_lock<std::mutex> &lock)
{
    queue_->isDemandAwaited = true;
    queue_->workerWanted.wait(lock, [this] { return queue_->expected || queue_->needsWorker() || queue_->isOver(); });
    queue_->isDemandAwaited = false;
    return queue_->expected || queue_->needsWorker();
}

// Until it has come, or is taken for lost: then there was no thread for it.
ThreadShortage WorkerStarter::awaitExpected(std::unique_lock<std::mutex> &lock)
{
    const auto hasCome = [this] { return !queue_->expected; };
    if (queue_->workerWanted.wait_for(lock, firstDoubt, hasCome))
        return ThreadShortage::None;
    lock.unlock();
    const bool areThreadsGranted = threadShortage() != ThreadShortage::Threads;
    lock.lock();
    if (queue_->workerWanted.wait_for(lock, areThreadsGranted ? lastDoubt - firstDoubt : 0ms, hasCome))
        return ThreadShortage::None;
    queue_->giveUpExpected();
    threads_->setMaxThreadCount(threads_->maxThreadCount() + 1); // it counts the lost one for ever
    return ThreadShortage::Threads;
}

// None if the queue has emptied meanwhile. Unlocks while it starts one.
ThreadShortage WorkerStarter::startWorker(std::unique_lock<std::mutex> &lock)
{
    const bool wasShort = queue_->isShort;
    lock.unlock();
    // To try with a thread of its own each time would cost as much as the worker.
    ThreadShortage shortage = ThreadShortage::None;
    if (settings_.life == WorkerLife::Run)
        shortage = wasShort ? threadShortage() : descriptorShortage();
    lock.lock();
    if (shortage != ThreadShortage::None)
        return shortage;
    queue_->isShort = false;
    if (!queue_->needsWorker())
        return ThreadShortage::None;
    return settings_.life == WorkerLife::Run ? startOnPool(lock) : startAlone(lock);
}

// The thread pool takes it in any case, and does not say whether there is a thread for it.
ThreadShortage WorkerStarter::startOnPool(std::unique_lock<std::mutex> &lock)
{
    auto *const worker = new (std::nothrow) PoolWorker(queue_, settings_);
    if (worker == nullptr)
        return ThreadShortage::Threads;
    queue_->expected = queue_->addWorker();
    lock.unlock();
    try {
        threads_->start(worker); // which deletes it
    } catch (const std::bad_alloc &) {
        // Whether it will come nobody knows, as ever.
    }
    lock.lock();
    return ThreadShortage::None;
}

ThreadShortage WorkerStarter::startAlone(std::unique_lock<std::mutex> &lock)
{
    const LaneId lane = queue_->addWorker();
    lock.unlock();
    const bool isStarted = startThread(lane);
    lock.lock();
    if (isStarted)
        return ThreadShortage::None;
    queue_->undoWorker(lane);
    return ThreadShortage::Threads;
}

bool WorkerStarter::startThread(LaneId lane)
{
    try {
        auto worker = std::make_unique<PoolWorker>(queue_, settings_);
        std::thread([worker = std::move(worker), lane] { worker->runAs(lane); }).detach();
        return true;
    } catch (const std::exception &) { // no thread, or no memory
        return false;
    }
}

// One after another: a list of them would want memory. A worker that comes meanwhile does the rest.
void WorkerStarter::refuseAll(std::unique_lock<std::mutex> &lock, const char *reason)
{
    for (std::size_t left = queue_->jobs.size(); left > 0 && !queue_->jobs.empty() && queue_->alive == 0; --left) {
        std::shared_ptr<PoolJob> job = queue_->takeFirst();
        lock.unlock();
        job->refuse(reason);
        job.reset();
        lock.lock();
    }
    queue_->workerEnded.notify_all(); // closeAndWait() waits for the queue, too
}

} // namespace loopscope
