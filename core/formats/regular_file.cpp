#include "core/formats/regular_file.h"

#include "core/text/system_reason.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

namespace loopscope {

namespace {

const char *kindOf(mode_t mode)
{
    if (S_ISDIR(mode))
        return "it is a folder, not a file";
    if (S_ISFIFO(mode))
        return "it is a FIFO, not a file";
    return S_ISSOCK(mode) ? "it is a socket, not a file" : "it is a device, not a file";
}

} // namespace

tl::expected<RegularFile, std::string> openRegularFile(const std::string &path)
{
    FileDescriptor descriptor = openPath(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (!descriptor.isOpen()) {
        const int error = errno;
        return tl::unexpected(error == ENXIO ? std::string(kindOf(S_IFSOCK)) : systemReason(error)); // nothing else has no reader to open
    }
    struct stat status { };
    if (::fstat(descriptor.get(), &status) != 0)
        return tl::unexpected(systemReason(errno));
    if (!S_ISREG(status.st_mode))
        return tl::unexpected(std::string(kindOf(status.st_mode)));
    return RegularFile{std::move(descriptor), static_cast<std::uint64_t>(status.st_size)};
}

} // namespace loopscope
