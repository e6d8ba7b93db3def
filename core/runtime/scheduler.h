#pragma once

#include "core/runtime/loop_callback.h"

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace loopscope {

/// The loop's queue of what is ready, first come, first served.
///
/// Nothing is ever called inline by whoever makes it ready: QCoro resumes its awaiters inline, which would run two tasks inside each other.
class Scheduler {
public:
    /// `wakeLoop` is called on any thread, whenever something was posted to an empty queue from a thread that is not the loop's.
    explicit Scheduler(std::function<void()> wakeLoop);

    /// Says that the calling thread is the loop's.
    void bindThread();
    [[nodiscard]] bool isLoopThread() const { return std::this_thread::get_id() == loopThread_.load(std::memory_order_relaxed); }

    /// Any thread.
    void post(std::shared_ptr<LoopCallback> callback);
    /// As post(), of a function.
    void postFunction(std::function<void()> function);
    /// Whether runTurn() would call something. The loop's thread.
    [[nodiscard]] bool hasReady();
    /// Calls what was ready when the turn began; what becomes ready meanwhile waits for the next turn. The loop's thread.
    void runTurn();

private:
    const std::function<void()> wakeLoop_;
    std::atomic<std::thread::id> loopThread_; // others may post while the loop's thread starts
    std::mutex mutex_;                        // guards ready_
    std::vector<std::shared_ptr<LoopCallback>> ready_;
    std::vector<std::shared_ptr<LoopCallback>> turn_; // kept for its memory
};

} // namespace loopscope
