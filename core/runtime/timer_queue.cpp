#include "core/runtime/timer_queue.h"

#include <algorithm>
#include <system_error>
#include <utility>

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
    std::vector<Timer> left; // which go after the lock, for other things may go with them
    const std::scoped_lock lock(mutex_);
    left.swap(timers_);
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

bool TimerQueue::isLater(const Timer &a, const Timer &b)
{
    if (a.when != b.when)
        return a.when > b.when;
    return static_cast<std::int32_t>(a.target->number_ - b.target->number_) > 0; // they begin anew after 4 billion
}

void TimerQueue::add(std::chrono::steady_clock::time_point when, Ref<TimerTarget> target)
{
    const bool isFirst = [&] {
        const std::scoped_lock lock(mutex_);
        const bool comesFirst = timers_.empty() || when < timers_.front().when;
        target->number_ = ++lastNumber_;
        timers_.push_back({when, std::move(target)});
        std::ranges::push_heap(timers_, isLater);
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
        const auto when = timers_.front().when;
        if (std::chrono::steady_clock::now() < when)
            changed_.wait_until(lock, when);
        else
            expireDue(lock);
    }
}

void TimerQueue::expireDue(std::unique_lock<std::mutex> &lock)
{
    std::vector<Ref<TimerTarget>> due;
    const auto now = std::chrono::steady_clock::now();
    while (!timers_.empty() && timers_.front().when <= now && due.size() < mostAtOnce) {
        std::ranges::pop_heap(timers_, isLater);
        due.push_back(std::move(timers_.back().target));
        timers_.pop_back();
    }
    lock.unlock();
    for (auto &target : due) {
        target->expired();
        target.reset();
    }
    lock.lock();
}

} // namespace loopscope
