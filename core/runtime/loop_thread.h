#pragma once

#include <QThread>

#include <functional>
#include <mutex>

namespace loopscope {

class PollDispatcher;

/// What the thread of a loop tells and asks.
struct LoopHooks {
    std::function<void()> started;    ///< on the thread, before anything else
    std::function<bool()> hasReady;   ///< whether runTurn() would do something
    std::function<void()> runTurn;    ///< one turn of the tasks that are ready
    std::function<void()> becameBusy; ///< the loop begins to call back
    std::function<void()> becameIdle; ///< the loop has done what there was, and is about to wait, if only for a nap
};

/// The thread of the observed loop: a Qt event loop of its own, never the GUI's.
class LoopThread final : public QThread {
public:
    explicit LoopThread(LoopHooks hooks);
    ~LoopThread() override;

    /// Starts the loop; false when the system grants no thread or no descriptor.
    [[nodiscard]] bool begin();

    // Any thread; nothing happens when the loop has ended. See PollDispatcher.

    void wakeForTask();
    void endNap();

protected:
    void run() override;

private:
    LoopHooks hooks_;
    std::mutex mutex_;           // guards dispatcher_
    PollDispatcher *dispatcher_; // QThread owns it; null when the thread has ended, for QThread deletes it then
};

} // namespace loopscope
