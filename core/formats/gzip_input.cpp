#include "core/formats/gzip_input.h"

#include "core/formats/gzip_format.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>
#include <zlib.h>

namespace loopscope {

namespace {

constexpr std::size_t bufferSize = 256 * 1024;
constexpr std::string_view gzipMagic = "\x1f\x8b\x08";

// Opened and without a name: whatever happens, nothing stays behind.
int openTemporary()
{
    const char *told = std::getenv("TMPDIR");
    const std::string folder = told && *told ? told : "/var/tmp"; // /tmp is memory on many machines
    const int descriptor = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        return descriptor;
    std::string name = folder + "/loopscope-XXXXXX"; // some file systems know no O_TMPFILE
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named >= 0)
        ::unlink(name.c_str());
    return named;
}

bool hasRoom(int descriptor, std::uint64_t bytes)
{
    struct statvfs status = {};
    return ::fstatvfs(descriptor, &status) == 0 && static_cast<std::uint64_t>(status.f_bavail) * status.f_frsize > bytes;
}

bool writeAll(int descriptor, const char *bytes, std::size_t count)
{
    while (count > 0) {
        const ssize_t written = ::write(descriptor, bytes, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes += written;
        count -= static_cast<std::size_t>(written);
    }
    return true;
}

} // namespace

// The state of zlib, and what of the packed bytes it has not seen.
class GzipStream::Inflater {
public:
    Inflater() { isReady_ = inflateInit2(&stream_, gzipWindowBits) == Z_OK; }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;
    ~Inflater() { inflateEnd(&stream_); }

    void give(std::string_view packed)
    {
        stream_.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(packed.data())); // zlib only reads there
        stream_.avail_in = static_cast<uInt>(packed.size());
    }
    [[nodiscard]] std::string_view left() const { return {reinterpret_cast<const char *>(stream_.next_in), stream_.avail_in}; }

    // Unpacks up to `most` bytes, and says how many; `status` is zlib's.
    std::size_t unpack(char *to, std::size_t most, int &status)
    {
        constexpr std::size_t mostAtOnce = std::size_t{1} << 30U;
        most = std::min(most, mostAtOnce);
        stream_.next_out = reinterpret_cast<Bytef *>(to);
        stream_.avail_out = static_cast<uInt>(most);
        status = isReady_ ? inflate(&stream_, Z_NO_FLUSH) : Z_MEM_ERROR;
        return most - stream_.avail_out;
    }

    void beginMember() { inflateReset(&stream_); }

private:
    z_stream stream_{};
    bool isReady_ = false;
};

bool looksLikeGzip(std::string_view head)
{
    return head.starts_with(gzipMagic);
}

tl::expected<std::string, std::string> gunzippedHead(std::string_view head, std::size_t most)
{
    z_stream stream{};
    if (inflateInit2(&stream, gzipWindowBits) != Z_OK)
        return tl::make_unexpected(std::string("there is no memory to unpack it"));
    std::string unpacked(most, '\0');
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(head.data())); // zlib only reads there
    stream.avail_in = static_cast<uInt>(head.size());
    stream.next_out = reinterpret_cast<Bytef *>(unpacked.data());
    stream.avail_out = static_cast<uInt>(most);
    const int status = inflate(&stream, Z_NO_FLUSH);
    unpacked.resize(most - stream.avail_out);
    inflateEnd(&stream);
    if (unpacked.empty() && status != Z_STREAM_END && status != Z_OK && status != Z_BUF_ERROR)
        return tl::make_unexpected(std::string("it is packed with gzip, and damaged"));
    return unpacked;
}

GzipStream::GzipStream(std::shared_ptr<const InputFile> file, const UnpackingLimits &limits)
    : packed_(std::move(file))
    , limits_(limits)
    , buffer_(bufferSize)
    , inflater_(std::make_unique<Inflater>())
    , copy_(openTemporary())
{
}

GzipStream::~GzipStream()
{
    if (copy_ >= 0)
        ::close(copy_);
}

std::uint64_t GzipStream::usedBytes() const
{
    return packed_.usedBytes() - inflater_->left().size();
}

std::shared_ptr<const InputFile> GzipStream::again() const
{
    return again_;
}

tl::expected<bool, std::string> GzipStream::refill()
{
    if (!inflater_->left().empty())
        return true;
    return packed_.read(buffer_.data(), buffer_.size()).map([this](std::size_t got) {
        inflater_->give({buffer_.data(), got});
        return got > 0;
    });
}

tl::expected<std::size_t, std::string> GzipStream::read(char *to, std::size_t most)
{
    std::size_t done = 0;
    while (done == 0 && most > 0 && !isFinished_) {
        const auto hasMore = refill();
        if (!hasMore)
            return tl::make_unexpected(hasMore.error());
        int status = Z_OK;
        done = inflater_->unpack(to, most, status);
        unpacked_ += done;
        if (status == Z_STREAM_END)
            endMember();
        else if (status == Z_BUF_ERROR && !*hasMore)
            finish(UnpackingEnd::CutOff);
        else if (status != Z_OK && status != Z_BUF_ERROR)
            finish(UnpackingEnd::Damaged);
        if (unpacked_ > limits_.bytes || (unpacked_ > limits_.freeBytes && unpacked_ / limits_.ratio > usedBytes()))
            finish(UnpackingEnd::TooBig);
        keep(to, done);
    }
    return done;
}

void GzipStream::endMember()
{
    const auto hasMore = refill();
    if (!hasMore)
        return; // the next read meets the error again, and tells it
    if (!*hasMore)
        return finish(UnpackingEnd::Whole);
    if (inflater_->left().front() != gzipMagic.front())
        return finish(UnpackingEnd::GarbageBehind);
    inflater_->beginMember();
}

void GzipStream::finish(UnpackingEnd end)
{
    if (std::exchange(isFinished_, true))
        return;
    end_ = end;
}

void GzipStream::stop()
{
    finish(UnpackingEnd::Whole);
    keep(nullptr, 0);
}

void GzipStream::keep(const char *bytes, std::size_t count)
{
    constexpr std::uint64_t checkEvery = std::uint64_t{64} << 20U;
    constexpr std::uint64_t leftForOthers = std::uint64_t{512} << 20U;
    const bool isDue = keptUntilCheck_ < count;
    keptUntilCheck_ = isDue ? checkEvery : keptUntilCheck_ - count;
    if (copy_ >= 0 && ((isDue && !hasRoom(copy_, leftForOthers)) || !writeAll(copy_, bytes, count)))
        ::close(std::exchange(copy_, -1));
    if (isFinished_ && copy_ >= 0)
        again_ = std::make_shared<InputFile>(FileDescriptor(std::exchange(copy_, -1)));
}

} // namespace loopscope
