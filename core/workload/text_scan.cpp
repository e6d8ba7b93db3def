#include "core/workload/text_scan.h"

#include <array>
#include <cstring>

#if defined(__x86_64__)
#define LOOPSCOPE_FOR_PROCESSOR(features) __attribute__((target(features)))
#endif

namespace loopscope {

namespace {

using Bytes16 = std::int8_t __attribute__((vector_size(16)));
using Bytes32 = std::int8_t __attribute__((vector_size(32)));
using Bytes64 = std::int8_t __attribute__((vector_size(64)));

template <typename T>
[[gnu::always_inline]] inline bool hasForeign(const T &bytes)
{
    std::array<std::uint64_t, sizeof(T) / sizeof(std::uint64_t)> words{};
    std::memcpy(words.data(), &bytes, sizeof bytes);
    std::uint64_t all = 0;
    for (const std::uint64_t word : words)
        all |= word;
    return (all & 0x8080808080808080U) != 0;
}

// Bytes. What the kernel has just copied is in a far cache, and the processor's own looking ahead ends with each page: without, it took a
// third longer (EPYC of 2024, 64 to 256 KiB at a time). To prefetch is no access: it may go past the text's end.
constexpr std::size_t ahead = 2048;
constexpr std::size_t cacheLine = 64;

// The processor must have such vectors: compilers take wider ones to pieces of a byte each.
template <typename Bytes>
[[gnu::always_inline]] inline TextScan scanBy(const char *text, std::size_t blocks)
{
    const Bytes newline = Bytes{} + '\n';
    // A counter of a byte, for every second vector of 64 bytes or their parts, does not overflow in mostBlocks.
    struct Lines {
        Bytes at[128 / sizeof(Bytes)]; // NOLINT(modernize-avoid-c-arrays): g++ makes bytes of vectors in a std::array
    } lines{};
    constexpr std::size_t counters = sizeof(Lines) / sizeof(Bytes);
    TextScan found;
    for (std::size_t block = 0; block < blocks; ++block) {
        Bytes any{};
        for (const char *const end = text + TextScan::blockBytes; text < end; text += sizeof(Lines)) {
            for (std::size_t line = 0; line < sizeof(Lines); line += cacheLine)
                __builtin_prefetch(text + ahead + line);
#pragma GCC unroll 8
            for (std::size_t i = 0; i < counters; ++i) {
                Bytes bytes;
                std::memcpy(&bytes, text + i * sizeof(Bytes), sizeof(Bytes));
                lines.at[i] -= bytes == newline; // true is -1
                any |= bytes;
            }
        }
        found.foreign |= static_cast<std::uint64_t>(hasForeign(any)) << block;
    }
    std::array<std::uint8_t, sizeof(Lines)> counts{};
    std::memcpy(counts.data(), &lines, sizeof lines);
    for (const std::uint8_t count : counts)
        found.lines += count;
    return found;
}

TextScan scanBy16(const char *text, std::size_t blocks) // what every x86-64 and every ARM of 64 bits has
{
    return scanBy<Bytes16>(text, blocks);
}

#if defined(__x86_64__)
LOOPSCOPE_FOR_PROCESSOR("avx2") TextScan scanBy32(const char *text, std::size_t blocks)
{
    return scanBy<Bytes32>(text, blocks);
}

LOOPSCOPE_FOR_PROCESSOR("arch=x86-64-v4") TextScan scanBy64(const char *text, std::size_t blocks)
{
    return scanBy<Bytes64>(text, blocks);
}
#endif

} // namespace

std::vector<TextScanner> textScanners()
{
    std::vector<TextScanner> scanners;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        scanners.push_back(scanBy64);
    if (__builtin_cpu_supports("avx2"))
        scanners.push_back(scanBy32);
#endif
    scanners.push_back(scanBy16);
    return scanners;
}

} // namespace loopscope
