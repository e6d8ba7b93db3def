#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// The loop's own work, beside what tasks do on it.
struct LoopOverhead {
    Nanoseconds aStretch = 0; ///< for each time that it begins to call tasks, after it had nothing to do
    Nanoseconds aTurn = 0;    ///< for each time that a task gets it
};

/// Reads it off the loop's stretches at work, of which some have more turns than others: a line through them by least squares, with no
/// part less than nothing, whose sum is what was recorded: what it did in stretches without a turn is on the others. Visits every span.
[[nodiscard]] LoopOverhead loopOverheadOf(const Trace &trace);

} // namespace loopscope
