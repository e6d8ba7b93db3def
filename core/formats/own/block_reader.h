#pragma once

#include "core/files/file_descriptor.h"
#include "core/formats/own/own_file_layout.h"

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace loopscope {

/// A block that was read, with the right checksum.
struct ReadBlock {
    BlockKind kind = BlockKind::End;
    std::uint32_t key = 0;
    std::uint64_t at = 0;               ///< where its header is in the file
    std::span<const std::byte> payload; ///< unpacked; valid until the next block is read. Empty for Arguments, which are read when needed
    std::shared_ptr<const void> memory; ///< in which the payload of Spans lies, and stays
};

/// Why there is no further block.
enum class BlockEnd {
    File,    ///< the file ends behind a whole block
    Damage,  ///< it ends within a block, or what is there is none
    Unread,  ///< the system's reason is in errno
    TooLarge ///< it is a block, or unpacks to more, than a reader allows, or there is no memory for it
};

/// Reads the blocks of a file one after the other.
class BlockReader {
public:
    /// Reads from a descriptor of the caller's, up to `size`, and unpacks `mostUnpacked` bytes at most.
    BlockReader(int descriptor, std::uint64_t size, std::uint64_t mostUnpacked);

    /// The file's header; nothing if it is none of ours or damaged.
    [[nodiscard]] std::optional<OwnFileHeader> readHeader();
    [[nodiscard]] tl::expected<ReadBlock, BlockEnd> next();
    /// Bytes up to the end of the last whole block.
    [[nodiscard]] std::uint64_t at() const { return at_; }
    /// How many bytes it was to unpack so far, or more if that was too much.
    [[nodiscard]] std::uint64_t unpackedBytes() const { return unpackedBytes_; }

private:
    [[nodiscard]] tl::expected<BlockHeader, BlockEnd> readBlockHeader();
    [[nodiscard]] std::optional<BlockEnd> readRecords(const BlockHeader &header, ReadBlock &block);
    [[nodiscard]] std::optional<BlockEnd> readPayload(const BlockHeader &header, ReadBlock &block);

    int descriptor_;
    std::uint64_t size_;
    std::uint64_t mostUnpacked_;
    std::uint64_t at_ = 0;
    std::uint64_t unpackedBytes_ = 0;
    std::vector<std::byte> stored_;
    std::vector<std::byte> plain_;
};

/// The payload of a block whose header is at `at`, unpacked; nothing if it is damaged. Goes by the file alone.
[[nodiscard]] std::optional<std::vector<std::byte>> readBlockAt(int descriptor, std::uint64_t at, BlockKind kind);

} // namespace loopscope
