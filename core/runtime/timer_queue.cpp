#include "core/runtime/timer_queue.h"

#include <system_error>

namespace loopscope {

namespace {

// Who sets a timer waits meanwhile.
constexpr std::size_t mostAtOnce = 1000;

} // namespace

TimerQueue::~TimerQueue()
{
    stop();
}

void TimerQueue::stop()
{
    {
        const std::scoped_lock lock(mutex_);
        isClosing_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable())
        thread_.join();
}

bool TimerQueue::start()
{
    try {
        thread_ = std::thread(&TimerQueue::run, this);
        return true;
    } catch (const std::system_error &) {
        return false;
    }
}

void TimerQueue::add(std::chrono::steady_clock::time_point when, std::shared_ptr<TimerTarget> target)
{
    const bool isFirst = [&] {
        const std::scoped_lock lock(mutex_);
        const bool comesFirst = timers_.empty() || when < timers_.top().when;
        timers_.push({when, ++lastNumber_, std::move(target)});
        return comesFirst;
    }();
    if (isFirst)
        changed_.notify_one();
}

void TimerQueue::run()
{
    std::unique_lock lock(mutex_);
    while (!isClosing_) {
        if (timers_.empty()) {
            changed_.wait(lock);
            continue;
        }
        const auto when = timers_.top().when;
        if (std::chrono::steady_clock::now() < when)
            changed_.wait_until(lock, when);
        else
            expireDue(lock);
    }
}

void TimerQueue::expireDue(std::unique_lock<std::mutex> &lock)
{
    std::vector<std::shared_ptr<TimerTarget>> due;
    const auto now = std::chrono::steady_clock::now();
    while (!timers_.empty() && timers_.top().when <= now && due.size() < mostAtOnce) {
        due.push_back(timers_.top().target);
        timers_.pop();
    }
    lock.unlock();
    for (auto &target : due) {
        target->expired();
        target.reset();
    }
    lock.lock();
}

} // namespace loopscope
