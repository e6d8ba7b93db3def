#pragma once

#include "core/trace/trace.h"

#include <vector>

namespace loopscope {

/// A task that held the loop while another one was ready.
struct Culprit {
    LaneId task = noLane;
    Nanoseconds held = 0; ///< how long, running or blocking, in all

    friend constexpr bool operator==(const Culprit &, const Culprit &) = default;
};

/// The tasks that held the loop during a ready span of `task`, the longest first. Asks every task of the trace: for one span on demand,
/// not for all of them.
[[nodiscard]] std::vector<Culprit> culpritsOf(const Trace &trace, LaneId task, const Span &readySpan);

} // namespace loopscope
