#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// The longest stall of a run that goes on, kept up to date without looking at everything again.
///
/// Counts the stalls that are callbacks of tasks, as findStalls() does; those without a task are left to findStalls() after the end.
class LongestStall {
public:
    /// Takes in what the trace has got since the last call: always the same trace. Costs the new spans of the loop's lane; a look at every
    /// task only if the loop has meanwhile been busy for longer than the longest stall known.
    void update(const Trace &trace);
    /// In nanoseconds; 0 if there is none.
    [[nodiscard]] Nanoseconds length() const { return length_; }

private:
    [[nodiscard]] Nanoseconds longestBusyStretch(const Trace &trace);
    void lookAtTasks(const Trace &trace, Nanoseconds since);

    Nanoseconds length_ = 0;
    Nanoseconds lookedUntil_ = 0;
    std::size_t loopSpans_ = 0; // of the loop's lane, closed ones that have been seen
    TimeRange stretch_;         // in which the loop has been busy without a pause, the last one
};

} // namespace loopscope
