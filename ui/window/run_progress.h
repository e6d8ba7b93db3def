#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// How much of a run is done, 0…1: the share of its tasks that have ended, and of a file that is being read the part that was.
[[nodiscard]] double runProgress(const Trace &trace);

} // namespace loopscope
