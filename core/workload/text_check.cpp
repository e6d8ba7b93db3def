#include "core/workload/text_check.h"

#include "core/workload/text_scan.h"

#include <algorithm>
#include <bit>
#include <cstddef>

namespace loopscope {

namespace {

constexpr std::size_t blockBytes = TextScan::blockBytes;

TextScan scan(const char *text, std::size_t blocks)
{
    static const TextScanner fastest = textScanners().front();
    return fastest(text, blocks);
}

} // namespace

void TextCheck::feed(std::string_view chunk)
{
    while (chunk.size() >= blockBytes) {
        const std::size_t blocks = std::min(TextScan::mostBlocks, chunk.size() / blockBytes);
        feedBlocks(chunk.substr(0, blocks * blockBytes));
        chunk.remove_prefix(blocks * blockBytes);
    }
    lines_ += static_cast<std::uint64_t>(std::ranges::count(chunk, '\n'));
    utf8_.feed(chunk);
}

// Whole blocks, TextScan::mostBlocks at most.
void TextCheck::feedBlocks(std::string_view blocks)
{
    const TextScan found = scan(blocks.data(), blocks.size() / blockBytes);
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
