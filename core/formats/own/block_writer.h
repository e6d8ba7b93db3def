#pragma once

#include "core/formats/own/opening_budget.h"
#include "core/formats/own/own_file_layout.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

struct ZSTD_CCtx_s;

namespace loopscope {

/// A block that is to be written.
struct PlainBlock {
    BlockKind kind = BlockKind::End;
    std::uint32_t key = 0;
    std::string_view head; ///< the payload is this
    std::string_view body; ///< and then this
};

/// Takes blocks in the order in which they are to be written. False if no more is wanted.
using BlockSink = std::function<bool(const PlainBlock &block)>;

/// Writes a file's header and its blocks to a stream, and packs those for which it pays. A failed stream is the caller's to see.
class BlockWriter {
public:
    /// Packs so much that a reader has to unpack `mostUnpacked` bytes at most; what comes then stays as it is.
    explicit BlockWriter(std::ostream &out, std::uint64_t mostUnpacked = mostUnpackedBytes);
    BlockWriter(const BlockWriter &) = delete;
    BlockWriter &operator=(const BlockWriter &) = delete;
    ~BlockWriter();

    void writeHeader(TraceOrigin origin, OwnFileKind kind);
    void write(const PlainBlock &block);
    /// How many bytes a reader has to unpack of what was written so far.
    [[nodiscard]] std::uint64_t unpackedBytes() const { return unpackedBytes_; }

private:
    /// Packs the payload; false if it had better stay as it is.
    bool pack(const PlainBlock &block);

    std::ostream &out_;
    std::unique_ptr<ZSTD_CCtx_s, std::size_t (*)(ZSTD_CCtx_s *)> packer_;
    std::uint64_t mostUnpacked_;
    std::uint64_t unpackedBytes_ = 0;
    std::string plain_;
    std::string packed_;
};

} // namespace loopscope
