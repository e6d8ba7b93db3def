#include "core/analysis/waker.h"

#include <algorithm>

namespace loopscope {

LaneId wakerOf(const Trace &trace, SpanPlace wait)
{
    const Nanoseconds at = trace.span(wait.lane, wait.span).end;
    if (wait.span + 1 < trace.spanCount(wait.lane)) {
        const Span next = trace.span(wait.lane, wait.span + 1);
        if (next.state == State::Ready && next.begin == at)
            return next.peer;
    }
    const auto &wakes = trace.wakes();
    for (auto wake = std::ranges::lower_bound(wakes, at, {}, &Wake::at); wake != wakes.end() && wake->at == at; ++wake) {
        if (wake->to == wait.lane)
            return wake->from;
    }
    return noLane;
}

} // namespace loopscope
