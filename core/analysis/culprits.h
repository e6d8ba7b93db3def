#pragma once

#include "core/analysis/loop_holds.h"

#include <string>
#include <vector>

namespace loopscope {

/// A task that held the loop while another one was ready.
struct Culprit {
    LaneId task = noLane;
    Nanoseconds held = 0; ///< how long, running or blocking, in all

    friend constexpr bool operator==(const Culprit &, const Culprit &) = default;
};

/// What the loop did in a range of time. The shares add up to the length of the range, to the nanosecond.
struct LoopShares {
    std::vector<Culprit> culprits; ///< the tasks that held it, the longest first
    Nanoseconds itself = 0;        ///< it was busy, and with no task: its own work between callbacks
    Nanoseconds idle = 0;          ///< it had nothing to do, as far as is known: the machine was busy, or events were lost

    /// Held by tasks.
    [[nodiscard]] Nanoseconds held() const;
    friend bool operator==(const LoopShares &, const LoopShares &) = default;
};

/// Who held the loop in `range`, a ready span as a rule, and by how much. `holds` are those of the same trace.
[[nodiscard]] LoopShares loopShares(const Trace &trace, const LoopHolds &holds, TimeRange range);

/// The tasks that held the loop during a ready span, the longest first. Asks every task of the trace: for one span on demand; whoever asks
/// for many takes loopShares().
[[nodiscard]] std::vector<Culprit> culpritsOf(const Trace &trace, const Span &readySpan);

/// For people: "the loop was held by parse config (205 ms) and 3 others", or what else it did; of a range that is not empty.
[[nodiscard]] std::string culpritText(const Trace &trace, const LoopShares &shares);

} // namespace loopscope
