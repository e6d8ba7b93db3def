#pragma once

#include "core/trace/time.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <queue>
#include <thread>
#include <vector>

namespace loopscope {

/// What a timer tells that its time has come.
class TimerTarget {
public:
    virtual ~TimerTarget() = default;
    /// On the timer queue's thread. Short, and must not throw.
    virtual void expired() = 0;
};

/// All timers of a run, on a thread of their own.
///
/// Of their own, so that a task becomes ready when its time has come even while the loop is blocked: that a blocked loop keeps ready tasks
/// waiting is the very thing to be measured. One heap for all, because 100,000 QTimers cost seconds.
class TimerQueue {
public:
    TimerQueue() = default;
    ~TimerQueue();
    TimerQueue(const TimerQueue &) = delete;
    TimerQueue &operator=(const TimerQueue &) = delete;

    /// Starts the thread; false when the system grants none.
    [[nodiscard]] bool start();
    /// Ends the thread, and drops the timers that are left without a word to their targets. Not from a target.
    void stop();

    /// Any thread. Timers of the same instant expire in the order they were added.
    void add(std::chrono::steady_clock::time_point when, std::shared_ptr<TimerTarget> target);

private:
    struct Timer {
        std::chrono::steady_clock::time_point when;
        std::uint64_t number = 0;
        std::shared_ptr<TimerTarget> target;
    };
    struct Later {
        bool operator()(const Timer &a, const Timer &b) const { return a.when != b.when ? a.when > b.when : a.number > b.number; }
    };

    void run();
    void expireDue(std::unique_lock<std::mutex> &lock);

    std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    std::priority_queue<Timer, std::vector<Timer>, Later> timers_;
    std::uint64_t lastNumber_ = 0;
    bool isClosing_ = false;
    std::thread thread_;
};

} // namespace loopscope
