#include "ui/window/background_jobs.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <utility>

namespace loopscope {

using namespace std::chrono_literals;

namespace {

constexpr auto longestGoodbye = 500ms;

} // namespace

/// What the threads and the owner share: the owner may go while a thread still waits for the system.
struct BackgroundJobs::Link {
    std::mutex mutex;
    QObject *owner; // null when it is gone
    std::condition_variable idle;
    int threads = 0;

    void tell(std::function<void()> what);
    void count(int by);
};

BackgroundJobs::BackgroundJobs(QObject &owner)
    : link_(std::make_shared<Link>())
{
    link_->owner = &owner;
}

BackgroundJobs::~BackgroundJobs()
{
    std::unique_lock lock(link_->mutex);
    link_->owner = nullptr;
    link_->idle.wait_for(lock, longestGoodbye, [this] { return link_->threads == 0; });
}

void BackgroundJobs::Link::tell(std::function<void()> what)
{
    const std::lock_guard lock(mutex);
    if (owner)
        QMetaObject::invokeMethod(owner, std::move(what), Qt::QueuedConnection);
}

void BackgroundJobs::Link::count(int by)
{
    const std::lock_guard lock(mutex);
    threads += by;
    idle.notify_all();
}

void BackgroundJobs::start(std::function<void(const Tell &)> job, const Failed &failed)
{
    link_->count(1);
    try {
        std::thread([link = link_, job = std::move(job), failed]() mutable {
            try {
                job([&link](std::function<void()> what) { link->tell(std::move(what)); });
            } catch (const std::bad_alloc &) { // by now there is room again for some words
                link->tell([failed] { failed("there is not enough memory"); });
            }
            job = nullptr; // what it holds goes before the owner is told that it has ended
            link->count(-1);
        }).detach();
    } catch (const std::system_error &) {
        link_->count(-1);
        link_->tell([failed] { failed("the system grants no thread for it"); });
    }
}

} // namespace loopscope
