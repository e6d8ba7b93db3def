#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// What it takes that threads sleep: how long those that did took to begin what woke them, and how much longer that took then, whose code
/// and data others have had out of the caches meanwhile. Of small jobs this is more than the work itself. Medians; 0 of what no thread was
/// seen to do.
struct WakeDelays {
    Nanoseconds loop = 0;   ///< from a job's end to the turn of the loop, which had nothing to do
    Nanoseconds worker = 0; ///< from when a job was queued to its begin, by a worker that had had one before, and none then
    /// How much longer than others the jobs took for which a worker was woken: of those that compute, and of the site that has most of
    /// them. 0 if there are fewer than 30 of either.
    Nanoseconds coldJob = 0;
};

/// Whether the worker that did a job, an in-worker span, had nothing to do when it was queued, after it had done another.
[[nodiscard]] bool wasWorkerWoken(const Trace &trace, SpanPlace job);

/// Reads them off a trace. Visits every span.
[[nodiscard]] WakeDelays wakeDelaysOf(const Trace &trace);

} // namespace loopscope
