#pragma once

namespace loopscope {

/// Something that the loop calls back in a turn of its own: a wait that is over, a task that begins, a command.
class LoopCallback {
public:
    virtual ~LoopCallback() = default;
    /// On the loop's thread.
    virtual void call() = 0;
    /// It was posted, and will never be called: the loop has ended.
    virtual void drop() { }

private:
    friend class Scheduler;

    // While it is ready: it is in one queue at most, which is made of the callbacks themselves.
    LoopCallback *posted_ = nullptr; // the one that became ready before it
};

} // namespace loopscope
