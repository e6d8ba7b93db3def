#pragma once

#include <cstdint>

namespace loopscope {

/// How many bytes a trace may take where nobody says otherwise: a quarter of the machine's memory. Any thread.
[[nodiscard]] std::uint64_t usualMemoryLimit();

} // namespace loopscope
