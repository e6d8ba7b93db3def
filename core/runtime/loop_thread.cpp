#include "core/runtime/loop_thread.h"

#include "core/runtime/poll_dispatcher.h"

#include <QCoreApplication>

#include <sys/prctl.h>

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

void LoopThread::wakeForTask()
{
    const std::scoped_lock lock(mutex_);
    if (dispatcher_ != nullptr)
        dispatcher_->wakeForTask();
}

void LoopThread::endNap()
{
    const std::scoped_lock lock(mutex_);
    if (dispatcher_ != nullptr)
        dispatcher_->endNap();
}

void LoopThread::run()
{
    // The system may round up a wait by the slack, 50 µs unless told: as much as a nap.
    ::prctl(PR_SET_TIMERSLACK, 1000UL);
    hooks_.started();
    exec();
    // A cancelled task leaves what it awaited to go on by itself: told of its end as late as now, it would never free its frames.
    QCoreApplication::sendPostedEvents();
    dispatcher_->loopEnded();
    const std::scoped_lock lock(mutex_);
    dispatcher_ = nullptr;
}

} // namespace loopscope
