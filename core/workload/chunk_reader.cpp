#include "core/workload/chunk_reader.h"

#include "core/files/regular_file.h"
#include "core/text/system_reason.h"
#include "core/workload/byte_text.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <memory>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace loopscope {

namespace {

// O_NONBLOCK: a FIFO without a writer must not hold a worker. O_NOCTTY: a terminal must not become ours.
constexpr int readFlags = O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY;

constexpr std::chrono::milliseconds largeStep(1);

// One a thread, made when it first reads: fresh memory for every chunk would cost more than the reading.
std::span<char> threadBuffer()
{
    thread_local const auto buffer = std::make_unique_for_overwrite<char[]>(ChunkReader::chunkBytes);
    return {buffer.get(), ChunkReader::chunkBytes};
}

bool isLink(const std::string &path)
{
    struct stat status { };
    return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

// Why open(2) failed, where the system's word alone would tell nobody: a socket, and a device without a driver, cannot be opened at all.
std::string openError(const std::string &path, int error)
{
    struct stat status { };
    if (error == ENXIO && ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
        return whyNoFile(status.st_mode);
    if (error == ENOENT && isLink(path))
        return "a dangling link: " + systemReason(error);
    if (error == ENOENT && looksLikeUrl(path))
        if (const auto local = pathOfUri(path); !local)
            return local.error();
    return systemReason(error);
}

bool isSameTime(const timespec &a, const timespec &b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

} // namespace

ChunkReader::ChunkReader(std::string path, TakePreviewBudget takePreviewBudget)
    : path_(std::move(path))
    , takePreviewBudget_(std::move(takePreviewBudget))
{
}

ReadStep ChunkReader::step(const std::stop_token &stop)
{
    if (!offered_.empty())
        return takeOffered();
    if (!file_.isOpen()) {
        const ReadStep opened = open();
        if (opened != ReadStep::More)
            return opened;
    }
    return readChunks(stop);
}

ReadStep ChunkReader::takeOffered()
{
    size_ = offered_.size();
    isOneRead_ = true;
    take(std::exchange(offered_, {}));
    return finish();
}

ReadStep ChunkReader::open()
{
    file_ = openPath(path_, readFlags);
    if (!file_.isOpen())
        return isOutOfDescriptors(errno) ? ReadStep::NoDescriptors : fail(openError(path_, errno));
    if (::fstat(file_.get(), &opened_) != 0)
        return fail(systemReason(errno));
    if (S_ISDIR(opened_.st_mode) && isLink(path_))
        return fail("it is a link to a folder");
    if (!S_ISREG(opened_.st_mode))
        return fail(whyNoFile(opened_.st_mode));
    isUnsized_ = opened_.st_size == 0;
    size_ = static_cast<std::uint64_t>(opened_.st_size);
    return ReadStep::More;
}

ReadStep ChunkReader::readChunks(const std::stop_token &stop)
{
    const bool isLarge = bytes_ >= largeBytes;
    const auto enough = std::chrono::steady_clock::now() + largeStep;
    ReadStep step = readChunk(stop);
    while (isLarge && step == ReadStep::More && !stop.stop_requested() && std::chrono::steady_clock::now() < enough)
        step = readChunk(stop);
    return step;
}

// Fills the chunk, however little the system gives at a time. Asks for more than is wanted: what a file has gained meanwhile is not taken,
// but shows.
ReadStep ChunkReader::readChunk(const std::stop_token &stop)
{
    const std::span<char> buffer = threadBuffer();
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), end() - bytes_));
    std::size_t filled = 0;
    int reads = 0;
    bool isAtEnd = false;
    int error = 0;
    for (; filled < wanted && !isAtEnd && error == 0 && !stop.stop_requested(); ++reads) {
        const ssize_t got = ::read(file_.get(), buffer.data() + filled, buffer.size() - filled);
        if (got > 0)
            filled += static_cast<std::size_t>(got);
        else if (got == 0 || (isUnsized_ && errno == EAGAIN)) // a log of the kernel's: there is no more for now
            isAtEnd = true;
        else if (errno != EINTR)
            error = errno;
    }
    isOneRead_ = bytes_ == 0 && reads == 1 && filled == size_ && filled < buffer.size();
    if (isUnsized_ && bytes_ == 0 && filled > 0 && hasGrown()) {
        isUnsized_ = false; // it was empty when it was opened, and that is how it is read
        filled = 0;
    }
    take(buffer.first(std::min(filled, wanted)));
    if (error != 0)
        return failReading(error);
    return isAtEnd || bytes_ == end() ? finish() : ReadStep::More;
}

bool ChunkReader::hasGrown() const
{
    struct stat now { };
    return ::fstat(file_.get(), &now) == 0 && now.st_size > opened_.st_size;
}

ReadStep ChunkReader::fail(std::string error)
{
    error_ = std::move(error);
    file_.reset();
    return ReadStep::Failed;
}

ReadStep ChunkReader::failReading(int error)
{
    const std::string reason = error == EIO ? "input/output error" : systemReason(error);
    return fail(reason + " at offset " + std::to_string(bytes_));
}

ReadStep ChunkReader::finish()
{
    text_.finish();
    if (!isOneRead_)
        note_ = noteAtEnd();
    file_.reset();
    return ReadStep::Finished;
}

void ChunkReader::take(std::span<const char> chunk)
{
    if (chunk.empty())
        return;
    keepPreview(chunk);
    text_.feed({chunk.data(), chunk.size()});
    bytes_ += chunk.size();
    if (isUnsized_)
        size_.reset();
}

// A preview ends with its first chunk, which is longer, or with an unsized file's.
void ChunkReader::keepPreview(std::span<const char> chunk)
{
    if (bytes_ > 0 || !takePreviewBudget_)
        return;
    const std::size_t length = std::min(chunk.size(), previewBytes);
    if (takePreviewBudget_(length))
        preview_ = std::make_shared<const std::string>(chunk.data(), length);
}

std::string ChunkReader::noteAtEnd() const
{
    if (isUnsized_ && bytes_ == unsizedBytesMax)
        return "it has no size and goes on: read up to 64 MiB";
    struct stat now { };
    if (::fstat(file_.get(), &now) != 0)
        return "changed while read: " + systemReason(errno);
    // Files of /proc have the times at which they are looked at.
    const bool isReplaced = now.st_nlink == 0 && opened_.st_nlink > 0; // one name less of several is no change
    const bool isRewritten = !isSameTime(now.st_mtim, opened_.st_mtim) && !isUnsized_;
    if (now.st_size != opened_.st_size || isReplaced || isRewritten)
        return "changed while read";
    if (!isUnsized_ && bytes_ < *size_)
        return "shorter than the size it states";
    return {};
}

} // namespace loopscope
