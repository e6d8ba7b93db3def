#include "core/workload/text_check.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstring>

// The function is compiled for each of these, and the first that the processor can do is called.
#if defined(__x86_64__)
#define LOOPSCOPE_WIDEST_VECTORS __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#define LOOPSCOPE_WIDEST_VECTORS
#endif

namespace loopscope {

namespace {

constexpr std::size_t blockBytes = 512;
constexpr std::size_t mostBlocks = 31; // a counter of a byte, for every second vector, overflows later

// Without a constructor: clang 16 forgets to emit one that only functions of several versions call.
struct Scan {
    std::uint64_t lines;
    std::uint64_t foreign; // a bit for each block that is not all ASCII
};

// 64 bytes at a time, whatever vectors the processor has.
using Bytes = std::int8_t __attribute__((vector_size(64)));

LOOPSCOPE_WIDEST_VECTORS
Scan scan(const char *text, std::size_t blocks)
{
    const Bytes newline = Bytes{} + '\n';
    Bytes evenLines{};
    Bytes oddLines{};
    Scan found{0, 0};
    for (std::size_t block = 0; block < blocks; ++block) {
        Bytes any{};
        for (const char *const end = text + blockBytes; text < end; text += 2 * sizeof(Bytes)) {
            Bytes even;
            Bytes odd;
            std::memcpy(&even, text, sizeof even);
            std::memcpy(&odd, text + sizeof even, sizeof odd);
            evenLines -= even == newline; // true is -1
            oddLines -= odd == newline;
            any |= even | odd;
        }
        std::array<std::uint64_t, sizeof(Bytes) / sizeof(std::uint64_t)> words{};
        std::memcpy(words.data(), &any, sizeof any);
        std::uint64_t all = 0;
        for (const std::uint64_t word : words)
            all |= word;
        const bool isForeign = (all & 0x8080808080808080U) != 0;
        found.foreign |= static_cast<std::uint64_t>(isForeign) << block;
    }
    std::array<std::uint8_t, 2 * sizeof(Bytes)> counts{};
    std::memcpy(counts.data(), &evenLines, sizeof evenLines);
    std::memcpy(counts.data() + sizeof evenLines, &oddLines, sizeof oddLines);
    for (const std::uint8_t count : counts)
        found.lines += count;
    return found;
}

} // namespace

void TextCheck::feed(std::string_view chunk)
{
    while (chunk.size() >= blockBytes) {
        const std::size_t blocks = std::min(mostBlocks, chunk.size() / blockBytes);
        feedBlocks(chunk.substr(0, blocks * blockBytes));
        chunk.remove_prefix(blocks * blockBytes);
    }
    lines_ += static_cast<std::uint64_t>(std::ranges::count(chunk, '\n'));
    utf8_.feed(chunk);
}

// Whole blocks, mostBlocks at most.
void TextCheck::feedBlocks(std::string_view blocks)
{
    const Scan found = scan(blocks.data(), blocks.size() / blockBytes);
    lines_ += found.lines;
    std::uint64_t left = found.foreign;
    while (!blocks.empty()) {
        const std::size_t ascii = std::min(blocks.size(), blockBytes * static_cast<std::size_t>(std::countr_zero(left)));
        utf8_.feedAscii(ascii);
        blocks.remove_prefix(ascii);
        left >>= ascii / blockBytes; // 31 at most
        const std::size_t foreign = std::min(blocks.size(), blockBytes * static_cast<std::size_t>(std::countr_one(left)));
        utf8_.feed(blocks.substr(0, foreign));
        blocks.remove_prefix(foreign);
        left >>= foreign / blockBytes;
    }
}

} // namespace loopscope
