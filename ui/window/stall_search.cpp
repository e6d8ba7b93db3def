#include "ui/window/stall_search.h"

#include "ui/timeline/facts_at_hand.h"

#include <utility>

namespace loopscope {

StallSearch::~StallSearch()
{
    if (thread_.joinable())
        thread_.join();
}

void StallSearch::start(const std::shared_ptr<const Trace> &trace)
{
    if (!trace || !trace->info().finished || stallsAtHand(*trace))
        return;
    next_ = trace;
    if (!thread_.joinable())
        startNext();
}

void StallSearch::startNext()
{
    // Nothing changes a trace that has ended, so that two threads may look at it.
    thread_ = std::thread([this, trace = std::exchange(next_, nullptr)] {
        QMetaObject::invokeMethod(
            this,
            [this, trace, stalls = findStalls(*trace)] {
                thread_.join();
                rememberStalls(trace, stalls);
                if (next_)
                    startNext();
                Q_EMIT found();
            },
            Qt::QueuedConnection);
    });
}

} // namespace loopscope
