#include "core/formats/packed_input.h"

#include "core/formats/regular_file.h"
#include "core/text/system_reason.h"

#include <algorithm>
#include <cerrno>

#include <zlib.h>

namespace loopscope {

namespace {

// A gzip bomb unpacks to a thousand times its size; traces to ten or thirty times.
constexpr std::uint64_t mostUnpackedBytesAByte = 300;
constexpr std::uint64_t unpackedAnyway = std::uint64_t(256) << 20U;
constexpr unsigned bufferBytes = 1U << 18U;
constexpr std::size_t largestRead = std::size_t(1) << 20U;

} // namespace

struct PackedInput::Content {
    Content(gzFile opened, std::uint64_t bytes)
        : file(opened)
        , size(bytes)
    {
    }
    Content(const Content &) = delete;
    Content &operator=(const Content &) = delete;
    ~Content() { ::gzclose_r(file); }

    gzFile file;
    std::uint64_t size;
    std::uint64_t unpacked = 0;
    std::string error;
};

tl::expected<PackedInput, std::string> PackedInput::open(const std::string &path)
{
    auto file = openRegularFile(path);
    if (!file)
        return tl::unexpected(std::move(file).error());
    const gzFile opened = ::gzdopen(file->descriptor.get(), "rb"); // reads what is not packed as it is
    if (!opened)
        return tl::unexpected(systemReason(ENOMEM));
    static_cast<void>(file->descriptor.release()); // zlib closes it
    ::gzbuffer(opened, bufferBytes);
    return PackedInput(std::make_unique<Content>(opened, file->size));
}

std::size_t PackedInput::read(char *to, std::size_t most)
{
    if (!content_->error.empty())
        return 0;
    const int read = ::gzread(content_->file, to, static_cast<unsigned>(std::min(most, largestRead)));
    int status = Z_OK;
    const char *message = ::gzerror(content_->file, &status);
    if (status == Z_ERRNO)
        content_->error = systemReason(errno);
    else if (status == Z_BUF_ERROR)
        content_->error = "it ends before its end";
    else if (status != Z_OK && status != Z_STREAM_END)
        content_->error = std::string("it is damaged: ") + message;
    if (read <= 0)
        return 0;
    content_->unpacked += static_cast<std::uint64_t>(read);
    if (content_->unpacked > unpackedAnyway && content_->unpacked / mostUnpackedBytesAByte > position())
        content_->error = "it unpacks to more than " + std::to_string(mostUnpackedBytesAByte) + " times its size";
    return static_cast<std::size_t>(read);
}

const std::string &PackedInput::error() const
{
    return content_->error;
}

std::uint64_t PackedInput::position() const
{
    return static_cast<std::uint64_t>(std::max<z_off_t>(0, ::gzoffset(content_->file)));
}

std::uint64_t PackedInput::size() const
{
    return content_->size;
}

PackedInput::PackedInput(std::unique_ptr<Content> content)
    : content_(std::move(content))
{
}

PackedInput::PackedInput(PackedInput &&) noexcept = default;
PackedInput &PackedInput::operator=(PackedInput &&) noexcept = default;
PackedInput::~PackedInput() = default;

} // namespace loopscope
