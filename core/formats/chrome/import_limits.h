#pragma once

#include "core/trace/memory_limit.h"

#include <cstdint>

namespace loopscope::chrome {

/// How much of a kind is kept apart, whatever a file holds.
struct ImportLimits {
    std::uint32_t lanes = 1'000'000;
    std::uint32_t labels = 1'000'000;
    std::uint32_t ids = 4'000'000;
    std::uint32_t rows = 4096; ///< of one thread or operation
    /// Bytes that events and names may take before all are known, about; what comes when they do is left out.
    std::uint64_t memory = usualMemoryLimit();
};

} // namespace loopscope::chrome
