#pragma once

#include <cstdint>

namespace loopscope::chrome {

/// How much of a kind is kept apart, whatever a file holds.
struct ImportLimits {
    std::uint32_t lanes = 1'000'000;
    std::uint32_t labels = 1'000'000;
    std::uint32_t ids = 4'000'000;
    std::uint32_t rows = 4096; ///< of one thread or operation
};

} // namespace loopscope::chrome
