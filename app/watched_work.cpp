#include "app/watched_work.h"

#include "app/progress_line.h"
#include "app/signal_watcher.h"
#include "core/text/number_text.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

namespace loopscope {

namespace {

// So long a signal or a progress is not seen at most.
constexpr std::chrono::milliseconds lookInterval(50);

/// What the thread tells and is told.
struct Shared {
    std::stop_source stop;
    std::atomic<std::uint64_t> done = 0;
    std::atomic<std::uint64_t> all = 0;
    std::mutex mutex;
    std::condition_variable changed;
    bool isOver = false;
    std::exception_ptr failure;
};

std::exception_ptr failureOf(const std::function<void(const OpeningObserver &)> &work, const OpeningObserver &observer)
{
    try {
        work(observer);
        return nullptr;
    } catch (...) {
        return std::current_exception();
    }
}

void wait(Shared &shared, const char *doing)
{
    ProgressLine progress;
    std::unique_lock lock(shared.mutex);
    while (!shared.changed.wait_for(lock, lookInterval, [&shared] { return shared.isOver; })) {
        if (SignalWatcher::sinceSignal())
            shared.stop.request_stop();
        if (progress.isDue() && shared.all > 0)
            progress.show(doing + (", " + shareText(static_cast<std::int64_t>(shared.done), static_cast<std::int64_t>(shared.all))));
    }
}

} // namespace

bool doWatched(const char *doing, const std::function<void(const OpeningObserver &)> &work)
{
    Shared shared;
    OpeningObserver observer;
    observer.stop = shared.stop.get_token();
    observer.progressed = [&shared](std::uint64_t done, std::uint64_t all) {
        shared.done = done;
        shared.all = all;
    };
    std::thread thread;
    try {
        thread = std::thread([&] {
            const std::exception_ptr failure = failureOf(work, observer);
            const std::lock_guard lock(shared.mutex);
            shared.failure = failure;
            shared.isOver = true;
            shared.changed.notify_one();
        });
    } catch (const std::system_error &) {
        return false;
    }
    wait(shared, doing);
    thread.join();
    if (shared.failure)
        std::rethrow_exception(shared.failure);
    return true;
}

} // namespace loopscope
