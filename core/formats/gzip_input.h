#pragma once

#include "core/formats/byte_stream.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace loopscope {

/// Whether bytes are the beginning of a gzip file.
[[nodiscard]] bool looksLikeGzip(std::string_view head);

/// The first bytes, `most` at most, of what is packed in a gzip file that begins with `head`, which may be cut off anywhere. The error is a
/// reason for people.
[[nodiscard]] tl::expected<std::string, std::string> gunzippedHead(std::string_view head, std::size_t most);

/// What a packed file may unpack to, lest a small one fill memory and disk.
struct UnpackingLimits {
    std::uint64_t bytes = std::uint64_t{64} << 30U;
    std::uint64_t ratio = 200;                           ///< traces reach 10 to 50, deflate a thousand
    std::uint64_t freeBytes = std::uint64_t{256} << 20U; ///< so much is unpacked whatever the ratio
};

/// How the unpacking ended.
enum class UnpackingEnd : std::uint8_t { Whole, CutOff, Damaged, TooBig, GarbageBehind };

/// A gzip file, unpacked while it is read; of several members all. What is wrong with it ends the stream, and end() tells it.
///
/// What is unpacked goes to a temporary file without a name as well, from which it can be read again; if there is no room for that, it
/// cannot.
class GzipStream : public ByteStream {
public:
    explicit GzipStream(std::shared_ptr<const InputFile> file, const UnpackingLimits &limits = {});
    GzipStream(const GzipStream &) = delete;
    GzipStream &operator=(const GzipStream &) = delete;
    ~GzipStream() override;

    [[nodiscard]] tl::expected<std::size_t, std::string> read(char *to, std::size_t most) override;
    [[nodiscard]] std::uint64_t usedBytes() const override;
    void stop() override;
    /// Null too before the end of the stream, or stop().
    [[nodiscard]] std::shared_ptr<const InputFile> again() const override;
    [[nodiscard]] UnpackingEnd end() const { return end_; }
    /// The bytes unpacked so far.
    [[nodiscard]] std::uint64_t unpackedBytes() const { return unpacked_; }

private:
    class Inflater;

    [[nodiscard]] tl::expected<bool, std::string> refill();
    void finish(UnpackingEnd end);
    void endMember();
    void keep(const char *bytes, std::size_t count);

    PlainStream packed_;
    UnpackingLimits limits_;
    std::vector<char> buffer_;
    std::unique_ptr<Inflater> inflater_;
    std::uint64_t unpacked_ = 0;
    std::uint64_t keptUntilCheck_ = 0;
    int copy_ = -1; // of what was unpacked; -1 if there is none
    std::shared_ptr<const InputFile> again_;
    bool isFinished_ = false;
    UnpackingEnd end_ = UnpackingEnd::Whole;
};

} // namespace loopscope
