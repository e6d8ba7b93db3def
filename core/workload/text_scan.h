#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace loopscope {

/// What a look at some blocks of text finds.
struct TextScan {
    static constexpr std::size_t blockBytes = 512;
    static constexpr std::size_t mostBlocks = 31; ///< in one call: its counters are bytes

    std::uint64_t lines = 0;   ///< newline characters
    std::uint64_t foreign = 0; ///< a bit for each block, the first one's the lowest, that is not all ASCII
};

/// Looks at `blocks` blocks, TextScan::mostBlocks at most.
using TextScanner = TextScan (*)(const char *text, std::size_t blocks);

/// The same for vectors of different widths, those that this processor can do, the fastest first; at least one.
[[nodiscard]] std::vector<TextScanner> textScanners();

} // namespace loopscope
