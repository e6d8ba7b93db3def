#include "core/analysis/culprits.h"

#include <algorithm>
#include <functional>

namespace loopscope {

std::vector<Culprit> culpritsOf(const Trace &trace, LaneId task, const Span &readySpan)
{
    std::vector<Culprit> culprits;
    for (const LaneId other : trace.tasks()) {
        if (other == task)
            continue;
        const StateTimes times = trace.timesIn(other, readySpan.range());
        const Nanoseconds held = times[State::Running] + times[State::Blocking];
        if (held > 0)
            culprits.push_back({other, held});
    }
    std::ranges::stable_sort(culprits, std::greater<>(), &Culprit::held);
    return culprits;
}

} // namespace loopscope
