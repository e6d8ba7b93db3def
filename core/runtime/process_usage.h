#pragma once

#include "core/trace/time.h"

#include <cstdint>

namespace loopscope {

// What this process has used so far, all its threads together.

[[nodiscard]] Nanoseconds processCpuTime();
/// The most memory it had since forgetPeakRss(), in bytes, or else ever; of this program, not of the one that started it.
[[nodiscard]] std::uint64_t peakRssBytes();
/// Lets the peak begin with what the process has now, so that a run is not told what others have taken before it. Does nothing where the
/// system does not allow it.
void forgetPeakRss();

} // namespace loopscope
