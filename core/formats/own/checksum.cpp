#include "core/formats/own/checksum.h"

#include <array>
#include <bit>
#include <cstring>

namespace loopscope {

namespace {

constexpr std::uint32_t polynomial = 0x82F63B78; // with its bits reversed
using Table = std::array<std::uint32_t, 256>;

// What eight tables are for: Kounavis and Berry, "A Systematic Approach to Building High Performance, Software-based, CRC Generators".
constexpr std::array<Table, 8> makeTables()
{
    std::array<Table, 8> tables{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t crc = byte;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1U ^ ((crc & 1U) != 0 ? polynomial : 0);
        tables[0][byte] = crc;
    }
    for (std::size_t i = 1; i < tables.size(); ++i) {
        for (std::size_t byte = 0; byte < 256; ++byte)
            tables[i][byte] = tables[i - 1][byte] >> 8U ^ tables[0][tables[i - 1][byte] & 0xFFU];
    }
    return tables;
}

constexpr std::array<Table, 8> tables = makeTables();

std::uint64_t wordAt(const std::byte *bytes)
{
    std::uint64_t word = 0;
    std::memcpy(&word, bytes, sizeof(word));
    return word;
}

std::uint32_t addByte(std::uint32_t crc, std::byte byte)
{
    return crc >> 8U ^ tables[0][(crc ^ static_cast<std::uint32_t>(byte)) & 0xFFU];
}

std::uint32_t addWord(std::uint32_t crc, std::uint64_t word)
{
    word ^= crc;
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < 8; ++i)
        sum ^= tables[7 - i][word >> 8U * i & 0xFFU];
    return sum;
}

#ifdef __x86_64__

// Three stretches of so many bytes are summed at once, for the instruction takes three cycles and can begin in each.
constexpr std::size_t stretch = 4096;

/// What `stretch` zeros behind it make of a checksum, byte by byte: it is linear.
constexpr std::array<Table, 4> makeShifts()
{
    std::array<std::uint32_t, 32> ofBit{};
    for (std::uint32_t bit = 0; bit < 32; ++bit) {
        std::uint32_t crc = 1U << bit;
        for (std::size_t i = 0; i < stretch; ++i)
            crc = crc >> 8U ^ tables[0][crc & 0xFFU];
        ofBit[bit] = crc;
    }
    std::array<Table, 4> shifts{};
    for (std::uint32_t place = 0; place < 4; ++place) {
        for (std::uint32_t byte = 0; byte < 256; ++byte) {
            for (std::uint32_t bit = 0; bit < 8; ++bit)
                shifts[place][byte] ^= (byte >> bit & 1U) != 0 ? ofBit[8 * place + bit] : 0;
        }
    }
    return shifts;
}

std::uint32_t behindZeros(std::uint32_t crc)
{
    static const std::array<Table, 4> shifts = makeShifts();
    return shifts[0][crc & 0xFFU] ^ shifts[1][crc >> 8U & 0xFFU] ^ shifts[2][crc >> 16U & 0xFFU] ^ shifts[3][crc >> 24U];
}

__attribute__((target("sse4.2"))) std::uint32_t addWithInstruction(std::span<const std::byte> bytes, std::uint32_t before)
{
    std::uint64_t crc = before;
    while (bytes.size() >= 3 * stretch) {
        std::uint64_t second = 0;
        std::uint64_t third = 0;
        for (const std::byte *at = bytes.data(); at < bytes.data() + stretch; at += sizeof(std::uint64_t)) {
            crc = __builtin_ia32_crc32di(crc, wordAt(at));
            second = __builtin_ia32_crc32di(second, wordAt(at + stretch));
            third = __builtin_ia32_crc32di(third, wordAt(at + 2 * stretch));
        }
        crc = behindZeros(static_cast<std::uint32_t>(crc)) ^ second;
        crc = behindZeros(static_cast<std::uint32_t>(crc)) ^ third;
        bytes = bytes.subspan(3 * stretch);
    }
    for (; bytes.size() >= sizeof(std::uint64_t); bytes = bytes.subspan(sizeof(std::uint64_t)))
        crc = __builtin_ia32_crc32di(crc, wordAt(bytes.data()));
    auto rest = static_cast<std::uint32_t>(crc);
    for (const std::byte byte : bytes)
        rest = __builtin_ia32_crc32qi(rest, static_cast<unsigned char>(byte));
    return rest;
}

#endif

} // namespace

static_assert(std::endian::native == std::endian::little, "the words of a file are taken as they lie in memory");

std::uint32_t crc32cByTables(std::span<const std::byte> bytes, std::uint32_t before)
{
    std::uint32_t crc = ~before;
    for (; bytes.size() >= sizeof(std::uint64_t); bytes = bytes.subspan(sizeof(std::uint64_t)))
        crc = addWord(crc, wordAt(bytes.data()));
    for (const std::byte byte : bytes)
        crc = addByte(crc, byte);
    return ~crc;
}

std::uint32_t crc32c(std::span<const std::byte> bytes, std::uint32_t before)
{
#ifdef __x86_64__
    if (__builtin_cpu_supports("sse4.2"))
        return ~addWithInstruction(bytes, ~before);
#endif
    return crc32cByTables(bytes, before);
}

} // namespace loopscope
