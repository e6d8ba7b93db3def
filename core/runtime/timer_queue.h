#pragma once

#include "core/runtime/ref.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>
#include <vector>

namespace loopscope {

/// What a timer tells that its time has come.
class TimerTarget : public RefCounted {
public:
    virtual ~TimerTarget() = default;
    /// On the timer queue's thread. Short, and must not throw.
    virtual void expired() = 0;

private:
    friend class TimerQueue;
    std::uint32_t number_ = 0; // of those that were added to a queue
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

    /// Any thread. Timers of the same instant expire in the order they were added. A target may be added once.
    void add(std::chrono::steady_clock::time_point when, Ref<TimerTarget> target);

private:
    struct Timer {
        std::chrono::steady_clock::time_point when;
        Ref<TimerTarget> target;
    };
    static bool isLater(const Timer &a, const Timer &b);

    void run();
    void expireDue(std::unique_lock<std::mutex> &lock);

    std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    std::vector<Timer> timers_; // a heap: the next one to expire is in front
    std::uint32_t lastNumber_ = 0;
    bool isClosing_ = false;
    std::thread thread_;
};

} // namespace loopscope
