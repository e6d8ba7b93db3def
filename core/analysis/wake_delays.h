#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// How long threads that slept took to begin what woke them: medians, 0 of what no thread was seen to do. The work of small jobs is less
/// than that.
struct WakeDelays {
    Nanoseconds loop = 0;   ///< from a job's end to the turn of the loop, which had nothing to do
    Nanoseconds worker = 0; ///< from when a job was queued to its begin, by a worker that had had one before, and none then
};

/// Reads them off a trace. Visits every span.
[[nodiscard]] WakeDelays wakeDelaysOf(const Trace &trace);

} // namespace loopscope
