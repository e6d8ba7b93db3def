#include "core/runtime/loop_thread.h"

#include "core/runtime/poll_dispatcher.h"

namespace loopscope {

LoopThread::LoopThread(LoopHooks hooks)
    : hooks_(std::move(hooks))
    , dispatcher_(new PollDispatcher(hooks_))
{
    setObjectName(QStringLiteral("loop"));
    setEventDispatcher(dispatcher_);
}

LoopThread::~LoopThread() = default;

bool LoopThread::begin()
{
    if (!dispatcher_->isOpen())
        return false;
    start();
    return isRunning();
}

void LoopThread::wakeUp()
{
    const std::scoped_lock lock(mutex_);
    if (dispatcher_ != nullptr)
        dispatcher_->wakeUp();
}

void LoopThread::run()
{
    hooks_.started();
    exec();
    const std::scoped_lock lock(mutex_);
    dispatcher_ = nullptr;
}

} // namespace loopscope
