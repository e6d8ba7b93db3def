#pragma once

namespace loopscope {

/// Something that the loop calls back in a turn of its own: a wait that is over, a task that begins, a command.
class LoopCallback {
public:
    virtual ~LoopCallback() = default;
    /// On the loop's thread. The caller keeps the callback until it returns.
    virtual void call() = 0;
};

} // namespace loopscope
