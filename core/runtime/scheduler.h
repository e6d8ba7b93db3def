#pragma once

#include "core/runtime/loop_callback.h"

#include <atomic>
#include <functional>
#include <thread>

namespace loopscope {

/// The loop's queue of what is ready, first come, first served.
///
/// Nothing is ever called inline by whoever makes it ready: QCoro resumes its awaiters inline, which would run two tasks inside each other.
///
/// Without a lock: who posts pushes onto a list, and the loop takes the whole list at once (Treiber's stack, "Systems Programming: Coping
/// with Parallelism", 1986, which needs no more care when it is only ever emptied whole).
class Scheduler {
public:
    /// `wakeLoop` is called on any thread, whenever something was posted to an empty queue from a thread that is not the loop's.
    explicit Scheduler(std::function<void()> wakeLoop);
    ~Scheduler();
    Scheduler(const Scheduler &) = delete;
    Scheduler &operator=(const Scheduler &) = delete;

    /// Says that the calling thread is the loop's.
    void bindThread();
    [[nodiscard]] bool isLoopThread() const { return std::this_thread::get_id() == loopThread_.load(std::memory_order_relaxed); }

    /// Any thread. A callback must live until it is called or dropped, and not be posted again before.
    void post(LoopCallback &callback);
    /// As post(), of a function.
    void postFunction(std::function<void()> function);
    /// Whether runTurn() would call something. The loop's thread.
    [[nodiscard]] bool hasReady() const { return last_.load() != nullptr; }
    /// Calls what was ready when the turn began; what becomes ready meanwhile waits for the next turn. The loop's thread.
    void runTurn();
    /// Drops what was posted and is not called any more. Once the loop has ended.
    void dropAll();

private:
    [[nodiscard]] LoopCallback *takeAll();

    const std::function<void()> wakeLoop_;
    std::atomic<std::thread::id> loopThread_;   // others may post while the loop's thread starts
    std::atomic<LoopCallback *> last_{nullptr}; // the one posted last, from which the others hang
};

} // namespace loopscope
