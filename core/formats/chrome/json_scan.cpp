#include "core/formats/chrome/json_scan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace loopscope::chrome {

namespace {

constexpr std::ptrdiff_t blockSize = 64;

// Bit i tells of byte i of a block.
struct BlockMasks {
    std::uint64_t quotes = 0;
    std::uint64_t backslashes = 0;
    std::uint64_t opening = 0;
    std::uint64_t closing = 0;
};

// '[' and '{' differ in this bit alone, and so do ']' and '}'; no other byte becomes one of them by it.
constexpr char bracketBit = 0x20;

#ifdef __SSE2__

std::uint64_t bitsOf(__m128i equal)
{
    return static_cast<std::uint32_t>(_mm_movemask_epi8(equal));
}

BlockMasks masksOf(const char *block)
{
    BlockMasks masks;
    for (unsigned part = 0; part < 4; ++part) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(block + std::size_t{part} * 16));
        const __m128i brackets = _mm_or_si128(bytes, _mm_set1_epi8(bracketBit));
        const unsigned shift = part * 16;
        masks.quotes |= bitsOf(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))) << shift;
        masks.backslashes |= bitsOf(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))) << shift;
        masks.opening |= bitsOf(_mm_cmpeq_epi8(brackets, _mm_set1_epi8('{'))) << shift;
        masks.closing |= bitsOf(_mm_cmpeq_epi8(brackets, _mm_set1_epi8('}'))) << shift;
    }
    return masks;
}

#else

BlockMasks masksOf(const char *block)
{
    BlockMasks masks;
    for (unsigned i = 0; i < blockSize; ++i) {
        const char byte = block[i];
        const char bracket = static_cast<char>(byte | bracketBit);
        masks.quotes |= std::uint64_t{byte == '"'} << i;
        masks.backslashes |= std::uint64_t{byte == '\\'} << i;
        masks.opening |= std::uint64_t{bracket == '{'} << i;
        masks.closing |= std::uint64_t{bracket == '}'} << i;
    }
    return masks;
}

#endif

BlockMasks masksOfPart(const char *part, std::ptrdiff_t length)
{
    if (length == blockSize)
        return masksOf(part);
    std::array<char, blockSize> block{};
    std::copy_n(part, length, block.begin());
    return masksOf(block.data());
}

// The bytes that a backslash before them escapes. Backslashes are rare enough to go from one to the next.
std::uint64_t escapedBytes(std::uint64_t backslashes, std::ptrdiff_t length, std::uint64_t &afterEscape)
{
    std::uint64_t escaped = afterEscape;
    backslashes &= ~afterEscape;
    afterEscape = 0;
    while (backslashes != 0) {
        const int at = std::countr_zero(backslashes);
        if (at + 1 == length) {
            afterEscape = 1;
            break;
        }
        const std::uint64_t next = std::uint64_t{2} << static_cast<unsigned>(at);
        escaped |= next;
        backslashes &= ~(next | next >> 1U);
    }
    return escaped;
}

// Bit i of the result is the parity of bits 0 … i: from an opening quote to before the closing one all are set.
std::uint64_t prefixParity(std::uint64_t bits)
{
    for (unsigned shift = 1; shift < blockSize; shift *= 2)
        bits ^= bits << shift;
    return bits;
}

// Goes from bracket to bracket. The number of the byte that closes the outermost one, or blockSize.
std::ptrdiff_t walkBrackets(std::uint64_t opening, std::uint64_t closing, std::uint64_t &depth)
{
    for (std::uint64_t brackets = opening | closing; brackets != 0; brackets &= brackets - 1) {
        const std::uint64_t bracket = brackets & (~brackets + 1);
        if ((opening & bracket) != 0)
            ++depth;
        else if (--depth == 0)
            return std::countr_zero(bracket);
    }
    return blockSize;
}

} // namespace

const char *findNestingEnd(const char *at, const char *end, NestingState &state)
{
    while (at < end) {
        const std::ptrdiff_t length = std::min(blockSize, end - at);
        const BlockMasks masks = masksOfPart(at, length);
        const std::uint64_t quotes = masks.quotes & ~escapedBytes(masks.backslashes, length, state.afterEscape);
        const std::uint64_t inString = prefixParity(quotes) ^ state.inString;
        state.inString = std::uint64_t{0} - (inString >> 63U);
        const std::uint64_t opening = masks.opening & ~inString;
        const std::uint64_t closing = masks.closing & ~inString;
        if (const std::ptrdiff_t last = walkBrackets(opening, closing, state.depth); last < blockSize) {
            state = {};
            return at + last + 1;
        }
        at += length;
    }
    return end;
}

const char *findStringEnd(const char *at, const char *end)
{
#ifdef __SSE2__
    while (at < end) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        const std::uint64_t quotes = bitsOf(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')));
        const std::uint64_t backslashes = bitsOf(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
        const int quote = quotes == 0 ? 16 : std::countr_zero(quotes);
        const int backslash = backslashes == 0 ? 16 : std::countr_zero(backslashes);
        if (quote < backslash)
            return std::min(at + quote, end);
        at += backslash == 16 ? 16 : backslash + 2;
    }
#else
    while (at < end && *at != '"')
        at += *at == '\\' ? 2 : 1;
#endif
    return std::min(at, end);
}

} // namespace loopscope::chrome
