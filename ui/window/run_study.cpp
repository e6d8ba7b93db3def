#include "ui/window/run_study.h"

#include "ui/timeline/facts_at_hand.h"

namespace loopscope {

void RunStudy::start(const std::shared_ptr<const Trace> &trace)
{
    if (!trace || !trace->info().finished || !isLarge(*trace) || studied_.lock() == trace)
        return;
    if (stallsAtHand(*trace) && (!trace->hasLoop() || explanationAtHand(trace)))
        return;
    studied_ = trace;
    // Nothing changes a trace that has ended, so that two threads may look at it.
    const auto job = [this, trace](const BackgroundJobs::Tell &tell) {
        tell([this, trace, stalls = findStalls(*trace)] {
            rememberStalls(trace, stalls);
            Q_EMIT found();
        });
        if (!trace->hasLoop())
            return;
        tell([this, trace, explanation = explain(*trace)] {
            rememberExplanation(trace, explanation);
            Q_EMIT found();
        });
    };
    jobs_.start(job, [this](const std::string &) { studied_.reset(); }); // what is not known is not told
}

} // namespace loopscope
