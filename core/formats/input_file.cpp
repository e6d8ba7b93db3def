#include "core/formats/input_file.h"

#include "core/text/system_reason.h"

#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace loopscope {

tl::expected<InputFile, std::string> InputFile::open(const std::string &path)
{
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0)
        return tl::make_unexpected(systemReason(errno));
    InputFile file(descriptor);
    if (S_ISDIR(file.status_.st_mode))
        return tl::make_unexpected(systemReason(EISDIR));
    if (!S_ISREG(file.status_.st_mode))
        return tl::make_unexpected(std::string("it is not a regular file"));
    return file;
}

InputFile::InputFile(int descriptor)
    : descriptor_(descriptor)
{
    ::fstat(descriptor_, &status_); // does not fail for a descriptor that is open
}

InputFile::InputFile(InputFile &&other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1))
    , status_(other.status_)
{
}

InputFile &InputFile::operator=(InputFile &&other) noexcept
{
    std::swap(descriptor_, other.descriptor_);
    std::swap(status_, other.status_);
    return *this;
}

InputFile::~InputFile()
{
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

bool InputFile::isUnchanged() const
{
    struct stat now = {};
    return ::fstat(descriptor_, &now) == 0 && now.st_size == status_.st_size && now.st_mtim.tv_sec == status_.st_mtim.tv_sec
           && now.st_mtim.tv_nsec == status_.st_mtim.tv_nsec;
}

tl::expected<std::size_t, std::string> InputFile::readAt(std::uint64_t offset, char *to, std::size_t most) const
{
    std::size_t done = 0;
    while (done < most) {
        const ssize_t got = ::pread(descriptor_, to + done, most - done, static_cast<off_t>(offset + done));
        if (got == 0)
            break;
        if (got > 0)
            done += static_cast<std::size_t>(got);
        else if (errno != EINTR)
            return tl::make_unexpected(systemReason(errno) + " at byte " + std::to_string(offset + done));
    }
    return done;
}

} // namespace loopscope
