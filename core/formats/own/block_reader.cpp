#include "core/formats/own/block_reader.h"

#include "core/formats/own/checksum.h"

#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <new>

#include <sys/mman.h>
#include <unistd.h>

namespace loopscope {

namespace {

using Bytes = std::span<std::byte>;

constexpr std::size_t trailerBytes = sizeof(std::uint32_t);
constexpr std::size_t largePage = std::size_t(2) << 20U;
// Summed up while it is still in the processor's cache.
constexpr std::size_t readAtOnce = std::size_t(256) << 10U;

/// False with errno if the system refuses; with 0 in it if the file has become shorter.
bool readAt(int descriptor, std::uint64_t at, Bytes into)
{
    while (!into.empty()) {
        const ssize_t got = ::pread(descriptor, into.data(), into.size(), static_cast<off_t>(at));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            errno = got == 0 ? 0 : errno;
            return false;
        }
        at += static_cast<std::uint64_t>(got);
        into = into.subspan(static_cast<std::size_t>(got));
    }
    return true;
}

BlockEnd unread()
{
    return errno == 0 ? BlockEnd::Damage : BlockEnd::Unread;
}

template <typename Header>
bool hasRightChecksum(const Header &header)
{
    return header.checksum == crc32c(std::as_bytes(std::span(&header, 1)).first(offsetof(Header, checksum)));
}

/// Reads a payload with the checksum behind it, and says what is wrong with it.
std::optional<BlockEnd> readChecked(int descriptor, std::uint64_t at, Bytes payload)
{
    std::uint32_t checksum = 0;
    for (std::size_t done = 0; done < payload.size(); done += readAtOnce) {
        const Bytes part = payload.subspan(done, std::min(readAtOnce, payload.size() - done));
        if (!readAt(descriptor, at + done, part))
            return unread();
        checksum = crc32c(part, checksum);
    }
    std::uint32_t saved = 0;
    if (!readAt(descriptor, at + payload.size(), std::as_writable_bytes(std::span(&saved, 1))))
        return unread();
    return saved == checksum ? std::nullopt : std::optional(BlockEnd::Damage);
}

bool unpack(std::span<const std::byte> stored, Bytes plain)
{
    const std::size_t size = ZSTD_decompress(plain.data(), plain.size(), stored.data(), stored.size());
    return ZSTD_isError(size) == 0 && size == plain.size();
}

bool isSound(const BlockHeader &header)
{
    const bool isPlain = header.packing == Packing::None && header.storedBytes == header.plainBytes;
    return hasRightChecksum(header) && (isPlain || header.packing == Packing::Zstd);
}

} // namespace

BlockReader::BlockReader(int descriptor, std::uint64_t size, std::uint64_t mostUnpacked)
    : descriptor_(descriptor)
    , size_(size)
    , mostUnpacked_(mostUnpacked)
{
}

std::optional<OwnFileHeader> BlockReader::readHeader()
{
    OwnFileHeader header;
    if (size_ < sizeof(header) || !readAt(descriptor_, 0, std::as_writable_bytes(std::span(&header, 1))))
        return std::nullopt;
    if (!std::ranges::equal(header.magic, ownFileMagic) || !hasRightChecksum(header))
        return std::nullopt;
    at_ = sizeof(header);
    return header;
}

tl::expected<BlockHeader, BlockEnd> BlockReader::readBlockHeader()
{
    BlockHeader header;
    if (at_ == size_)
        return tl::unexpected(BlockEnd::File);
    if (size_ - at_ < sizeof(header))
        return tl::unexpected(BlockEnd::Damage);
    if (!readAt(descriptor_, at_, std::as_writable_bytes(std::span(&header, 1))))
        return tl::unexpected(unread());
    if (!isSound(header))
        return tl::unexpected(BlockEnd::Damage);
    if (header.storedBytes > mostBlockBytes || header.plainBytes > mostBlockBytes)
        return tl::unexpected(BlockEnd::TooLarge);
    if (size_ - at_ - sizeof(header) < header.storedBytes + trailerBytes)
        return tl::unexpected(BlockEnd::Damage);
    return header;
}

tl::expected<ReadBlock, BlockEnd> BlockReader::next()
{
    const auto header = readBlockHeader();
    if (!header)
        return tl::unexpected(header.error());
    ReadBlock block;
    block.kind = header->kind;
    block.key = header->key;
    block.at = at_;
    std::optional<BlockEnd> failure;
    if (header->kind == BlockKind::Spans && header->packing == Packing::None)
        failure = readRecords(*header, block);
    else if (header->kind != BlockKind::Arguments)
        failure = readPayload(*header, block);
    if (failure)
        return tl::unexpected(*failure);
    if (block.kind == BlockKind::Spans && !block.memory) {
        const auto unpacked = std::make_shared<const std::vector<std::byte>>(std::move(plain_));
        block.payload = *unpacked;
        block.memory = unpacked;
    }
    at_ += sizeof(BlockHeader) + header->storedBytes + trailerBytes;
    return block;
}

// Not mapped but read: a mapping of a file that somebody makes shorter ends the process, and one that somebody changes is no longer what
// was checked.
std::optional<BlockEnd> BlockReader::readRecords(const BlockHeader &header, ReadBlock &block)
{
    const std::size_t bytes = std::max<std::size_t>(header.storedBytes, 1);
    void *memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return BlockEnd::TooLarge;
    block.memory = std::shared_ptr<const void>(memory, [bytes](void *mapped) { ::munmap(mapped, bytes); });
    if (bytes >= largePage)
        ::madvise(memory, bytes, MADV_HUGEPAGE); // else a third of the time goes into first touching it
    const Bytes payload(static_cast<std::byte *>(memory), header.storedBytes);
    block.payload = payload;
    return readChecked(descriptor_, at_ + sizeof(header), payload);
}

std::optional<BlockEnd> BlockReader::readPayload(const BlockHeader &header, ReadBlock &block)
{
    stored_.resize(header.storedBytes);
    if (const auto failure = readChecked(descriptor_, at_ + sizeof(header), stored_))
        return failure;
    block.payload = stored_;
    if (header.packing == Packing::None)
        return std::nullopt;
    unpackedBytes_ += header.plainBytes;
    if (unpackedBytes_ > mostUnpacked_)
        return BlockEnd::TooLarge;
    plain_.resize(header.plainBytes);
    block.payload = plain_;
    return unpack(stored_, plain_) ? std::nullopt : std::optional(BlockEnd::Damage);
}

std::optional<std::vector<std::byte>> readBlockAt(int descriptor, std::uint64_t at, BlockKind kind)
{
    BlockHeader header;
    if (!readAt(descriptor, at, std::as_writable_bytes(std::span(&header, 1))) || !isSound(header) || header.kind != kind
        || header.storedBytes > mostBlockBytes || header.plainBytes > mostBlockBytes)
        return std::nullopt;
    std::vector<std::byte> stored(header.storedBytes);
    if (readChecked(descriptor, at + sizeof(header), stored))
        return std::nullopt;
    if (header.packing == Packing::None)
        return stored;
    std::vector<std::byte> plain(header.plainBytes);
    return unpack(stored, plain) ? std::optional(std::move(plain)) : std::nullopt;
}

} // namespace loopscope
