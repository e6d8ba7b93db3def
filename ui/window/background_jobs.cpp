#include "ui/window/background_jobs.h"

#include <chrono>
#include <condition_variable>
#include <mutex>
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

void BackgroundJobs::start(std::function<void(const Tell &)> job)
{
    {
        const std::lock_guard lock(link_->mutex);
        ++link_->threads;
    }
    std::thread([link = link_, job = std::move(job)]() mutable {
        job([&link](std::function<void()> what) {
            const std::lock_guard lock(link->mutex);
            if (link->owner)
                QMetaObject::invokeMethod(link->owner, std::move(what), Qt::QueuedConnection);
        });
        job = nullptr; // what it holds goes before the owner is told that it has ended
        const std::lock_guard lock(link->mutex);
        --link->threads;
        link->idle.notify_all();
    }).detach();
}

} // namespace loopscope
