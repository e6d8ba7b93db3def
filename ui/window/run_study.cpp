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
        const auto stalls = std::make_shared<const std::vector<Stall>>(findStalls(*trace));
        tell([this, trace, stalls] {
            rememberStalls(trace, *stalls);
            Q_EMIT found();
        });
        if (!trace->hasLoop())
            return;
        const auto explanation = std::make_shared<const Explanation>(explain(*trace, *stalls));
        tell([this, trace, explanation] {
            rememberExplanation(trace, explanation);
            Q_EMIT found();
        });
    };
    jobs_.start(job, [this](const std::string &) { studied_.reset(); }); // what is not known is not told
}

} // namespace loopscope
