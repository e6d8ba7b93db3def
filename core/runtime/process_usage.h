#pragma once

#include "core/trace/time.h"

#include <cstdint>

namespace loopscope {

// What this process has used so far, all its threads together.

[[nodiscard]] Nanoseconds processCpuTime();
/// The most memory it ever had, in bytes; of this program, not of the one that started it.
[[nodiscard]] std::uint64_t peakRssBytes();

} // namespace loopscope
