#pragma once

#include "core/analysis/findings.h"

#include <map>
#include <string>
#include <vector>

namespace loopscope {

/// A span of a task that is longer than the stall threshold.
struct LongSpan {
    SpanPlace place;
    Span span;
};

/// All of them, by state, in order of task and then of time.
struct LongSpans {
    std::vector<LongSpan> ready; ///< without those before a task's first turn: a batch that is made at once is begun one by one
    std::vector<LongSpan> awaiting;
    std::vector<LongSpan> queued;
    std::vector<LongSpan> inWorker;
};
[[nodiscard]] LongSpans longSpans(const Trace &trace);

/// What findings are made from.
struct Evidence {
    const Trace &trace;
    const std::vector<Stall> &stalls;
    const LoopHolds &holds;
    LongSpans longSpans;
    const NumberStyle &numbers;

    /// What is worth telling: what lasts longer.
    [[nodiscard]] Nanoseconds threshold() const { return trace.info().stallThreshold; }
    /// How long the run took, or has taken.
    [[nodiscard]] Nanoseconds wall() const { return trace.info().finished ? trace.info().wall : trace.now(); }
};

/// Stalls, and tasks that never yield: a stall is called so if it is half of the run at least, and less than half of it is a call that is
/// marked as blocking. A pool would take that too; what it lacks is an await.
[[nodiscard]] std::vector<Finding> findHeldLoops(const Evidence &evidence);

/// One, if a job was queued for longer than the threshold, and with more workers it would not have been. Jobs that compute are left out
/// where there is a worker for each core already, or the cores are not known: more workers would not help them. Reading many files is no
/// case of it: each waits for a slot, and no chunk is queued for long.
[[nodiscard]] std::vector<Finding> findPoolStarvation(const Evidence &evidence);

/// A task's three calls or more on the pool, each longer than the threshold, from lines of one function that differ, with hardly anything
/// between them. Two may well depend on each other; a line that is met again is a loop, which paces itself; timers are meant; and the
/// chunks of a file have an order.
[[nodiscard]] std::vector<Finding> findSequentialAwaits(const Evidence &evidence);

/// One, if more jobs of the kind "cpu" were in workers at the same time than there are cores, for longer than the threshold in all.
[[nodiscard]] std::vector<Finding> findOversubscribedCpu(const Evidence &evidence);

/// One, if tasks were ready for longer than the threshold without a stall in that time, and tasks held the loop for half of it at least: a
/// loop that was idle meanwhile had no processor.
[[nodiscard]] std::vector<Finding> findLateLoop(const Evidence &evidence);

/// A gather of three children or more, the last of which ended so much later than all others that the wait for it alone was longer than
/// the threshold, and half of the wait for all at least.
[[nodiscard]] std::vector<Finding> findSlowChildren(const Evidence &evidence);

// What they share.

/// Of a lane's spans the one with the longest part in `range`. Requires that one overlaps it.
[[nodiscard]] SpanPlace longestSpanIn(const Trace &trace, LaneId lane, TimeRange range);
/// By how much each task was held up, as a finding lists it.
[[nodiscard]] std::vector<AffectedTask> affectedTasks(const std::map<LaneId, Nanoseconds> &waits);
/// "3 tasks waited because of it, 612 ms in all.", or that none did.
[[nodiscard]] std::string affectedText(const Finding &finding, const NumberStyle &numbers);

} // namespace loopscope
