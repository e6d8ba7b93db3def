#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// What it takes that threads sleep: how long those that did took to begin what woke them, and how much longer the work takes then, whose
/// code and data others have had out of the caches meanwhile. From medians, 0 of what no thread was seen to do. The work of small jobs is
/// less than that.
struct WakeDelays {
    Nanoseconds loop = 0;    ///< from a job's end to the turn of the loop, which had nothing to do
    Nanoseconds worker = 0;  ///< from when a job was queued to its begin, by a worker that had had one before, and none then
    Nanoseconds coldJob = 0; ///< how much longer than others the jobs took for which a worker was woken, of those done most often
};

/// Whether the worker slept that did a job, an in-worker span, before it was queued. Requires a span before it.
[[nodiscard]] bool wasWorkerWoken(const Trace &trace, SpanPlace job);

/// Reads them off a trace. Visits every span.
[[nodiscard]] WakeDelays wakeDelaysOf(const Trace &trace);

} // namespace loopscope
