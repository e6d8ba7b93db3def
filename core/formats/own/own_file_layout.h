#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace loopscope {

// What a .loopscope file consists of; README.md describes it byte by byte. Numbers are little endian.

static_assert(std::endian::native == std::endian::little, "records are used as they lie in the file");

inline constexpr std::string_view ownFileMagic = "\x89LSC\r\n\x1A\n"; // as of PNG: it does not survive being taken for text
inline constexpr std::uint32_t ownFileVersion = 1;

enum class OwnFileKind : std::uint8_t {
    Complete, ///< written at once, ends in BlockKind::End
    Journal,  ///< grew while a run went on
};

/// What a file begins with, in every version.
struct OwnFileHeader {
    std::array<char, 8> magic{};
    std::uint32_t version = ownFileVersion;
    std::uint8_t origin = 0; // TraceOrigin
    OwnFileKind kind = OwnFileKind::Complete;
    std::array<std::uint8_t, 14> unused{};
    std::uint32_t checksum = 0; // of all that is before it
};
static_assert(sizeof(OwnFileHeader) == 32);

constexpr std::uint32_t blockKindOf(std::string_view name)
{
    std::uint32_t kind = 0;
    for (std::size_t i = 0; i < 4; ++i)
        kind |= static_cast<std::uint32_t>(static_cast<unsigned char>(name[i])) << 8U * i;
    return kind;
}

enum class BlockKind : std::uint32_t {
    Info = blockKindOf("INFO"),
    Names = blockKindOf("NAME"),
    Sites = blockKindOf("SITE"),
    Lanes = blockKindOf("LANE"),
    Facts = blockKindOf("FACT"),
    States = blockKindOf("STAT"),
    Spans = blockKindOf("SPAN"),
    Wakes = blockKindOf("WAKE"),
    Marks = blockKindOf("MARK"),
    Instants = blockKindOf("INST"),
    Flows = blockKindOf("FLOW"),
    Samples = blockKindOf("SMPL"),
    Arguments = blockKindOf("ARGS"),
    End = blockKindOf("END."),
};

enum class Packing : std::uint32_t { None, Zstd };

/// What a block begins with. Its payload follows, and then the CRC-32C of that, in four bytes.
struct BlockHeader {
    BlockKind kind = BlockKind::End;
    Packing packing = Packing::None;
    std::uint64_t storedBytes = 0; // of the payload, as it lies in the file
    std::uint64_t plainBytes = 0;  // of the payload, unpacked
    std::uint32_t key = 0;         // of Arguments: the first event in it
    std::uint32_t checksum = 0;    // of all that is before it
};
static_assert(sizeof(BlockHeader) == 32);

/// What a writer keeps to and a reader insists on: a block of more is refused. See opening_budget.h, too.
inline constexpr std::uint64_t mostBlockBytes = std::uint64_t(256) << 20U;

/// How a lane was at the end of what is known, as it lies in a file.
struct LaneState {
    enum class Stage : std::uint8_t { Closed, Open, Ended };

    std::uint32_t lane = 0;
    Stage stage = Stage::Closed;
    std::uint8_t isIncomplete = 0;
    std::uint8_t state = 0; // of the open span, as what follows
    std::uint8_t unused = 0;
    std::uint32_t site = 0;
    std::uint32_t peer = 0;
    std::int64_t since = 0; // when the open span began, or the lane ended

    friend bool operator==(const LaneState &, const LaneState &) = default;
};
static_assert(sizeof(LaneState) == 24);

} // namespace loopscope
