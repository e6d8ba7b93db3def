#pragma once

#include <cstdint>

namespace loopscope {

/// The memory of the machine, in bytes; 0 if the system does not tell. Any thread.
[[nodiscard]] std::uint64_t machineMemory();

/// How many bytes a trace may take where nobody says otherwise: a quarter of the machine's memory. Any thread.
[[nodiscard]] std::uint64_t usualMemoryLimit();

} // namespace loopscope
