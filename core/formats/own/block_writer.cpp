#include "core/formats/own/block_writer.h"

#include "core/formats/own/checksum.h"

#include <zstd.h>

#include <algorithm>
#include <cstddef>
#include <ostream>
#include <span>

namespace loopscope {

namespace {

constexpr int packingLevel = 1; // the fastest: what it packs are repeated numbers and words, which any level finds
constexpr std::size_t fewestBytesToPack = 256;

template <typename Header>
std::uint32_t checksumOf(const Header &header)
{
    return crc32c(std::as_bytes(std::span(&header, 1)).first(offsetof(Header, checksum)));
}

template <typename Value>
void writeRaw(std::ostream &out, const Value &value)
{
    out.write(reinterpret_cast<const char *>(&value), sizeof(value));
}

bool isWorthPacking(BlockKind kind)
{
    return kind != BlockKind::Spans && kind != BlockKind::End; // times have nothing in common, and are to be had at once
}

} // namespace

BlockWriter::BlockWriter(std::ostream &out, std::uint64_t mostUnpacked)
    : out_(out)
    , packer_(ZSTD_createCCtx(), ZSTD_freeCCtx)
    , mostUnpacked_(mostUnpacked)
{
}

BlockWriter::~BlockWriter() = default;

void BlockWriter::writeHeader(TraceOrigin origin, OwnFileKind kind)
{
    OwnFileHeader header;
    std::ranges::copy(ownFileMagic, header.magic.begin());
    header.origin = static_cast<std::uint8_t>(origin);
    header.kind = kind;
    header.checksum = checksumOf(header);
    writeRaw(out_, header);
}

void BlockWriter::write(const PlainBlock &block)
{
    const std::uint64_t plainBytes = block.head.size() + block.body.size();
    const bool isPacked = pack(block);
    const std::string_view head = isPacked ? std::string_view(packed_) : block.head;
    const std::string_view body = isPacked ? std::string_view() : block.body;
    BlockHeader header;
    header.kind = block.kind;
    header.packing = isPacked ? Packing::Zstd : Packing::None;
    header.storedBytes = head.size() + body.size();
    header.plainBytes = plainBytes;
    header.key = block.key;
    header.checksum = checksumOf(header);
    writeRaw(out_, header);
    out_.write(head.data(), static_cast<std::streamsize>(head.size()));
    out_.write(body.data(), static_cast<std::streamsize>(body.size()));
    writeRaw(out_, crc32c(std::as_bytes(std::span(body)), crc32c(std::as_bytes(std::span(head)))));
}

bool BlockWriter::pack(const PlainBlock &block)
{
    const std::size_t plainBytes = block.head.size() + block.body.size();
    const bool isCounted = block.kind != BlockKind::Arguments;
    if (!packer_ || !isWorthPacking(block.kind) || plainBytes < fewestBytesToPack
        || (isCounted && unpackedBytes_ + plainBytes > mostUnpacked_))
        return false;
    plain_.assign(block.head).append(block.body);
    packed_.resize(ZSTD_compressBound(plainBytes));
    const std::size_t size = ZSTD_compressCCtx(packer_.get(), packed_.data(), packed_.size(), plain_.data(), plain_.size(), packingLevel);
    if (ZSTD_isError(size) != 0 || size >= plainBytes)
        return false;
    packed_.resize(size);
    unpackedBytes_ += isCounted ? plainBytes : 0;
    return true;
}

} // namespace loopscope
