#include "core/workload/line_count.h"

#include <algorithm>
#include <array>
#include <cstddef>

#if defined(__x86_64__)
#define LOOPSCOPE_WIDEST_VECTORS __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define LOOPSCOPE_WIDEST_VECTORS
#endif

namespace loopscope {

// One counter of a byte for each place in a vector, which the compiler turns into vector instructions, the widest that the processor has;
// they are emptied before they overflow.
LOOPSCOPE_WIDEST_VECTORS
std::uint64_t countLines(std::string_view text)
{
    constexpr std::size_t lanes = 64;
    constexpr std::size_t roundsMax = 255;

    std::uint64_t lines = 0;
    while (text.size() >= lanes) {
        const std::size_t rounds = std::min(roundsMax, text.size() / lanes);
        std::array<std::uint8_t, lanes> counts{};
        for (std::size_t round = 0; round < rounds; ++round) {
            const char *at = text.data() + round * lanes;
            for (std::size_t lane = 0; lane < lanes; ++lane)
                counts[lane] = static_cast<std::uint8_t>(counts[lane] + (at[lane] == '\n'));
        }
        for (const std::uint8_t count : counts)
            lines += count;
        text.remove_prefix(rounds * lanes);
    }
    return lines + static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
}

} // namespace loopscope
