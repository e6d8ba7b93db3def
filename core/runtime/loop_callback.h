#pragma once

#include <memory>

namespace loopscope {

/// Something that the loop calls back in a turn of its own: a wait that is over, a task that begins, a command.
class LoopCallback {
public:
    virtual ~LoopCallback() = default;
    /// On the loop's thread. The caller keeps the callback until it returns.
    virtual void call() = 0;

private:
    friend class Scheduler;

    // While it is ready: it is in one queue at most, which is made of the callbacks themselves.
    LoopCallback *posted_ = nullptr;     // the one that became ready before it
    std::shared_ptr<LoopCallback> self_; // the queue's share
};

} // namespace loopscope
