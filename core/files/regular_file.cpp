#include "core/files/regular_file.h"

#include "core/text/system_reason.h"

#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>

namespace loopscope {

const char *whyNoFile(mode_t mode)
{
    if (S_ISDIR(mode))
        return "it is a folder";
    if (S_ISFIFO(mode))
        return "it is a FIFO, not a file";
    return S_ISSOCK(mode) ? "it is a socket, not a file" : "it is a device, not a file";
}

tl::expected<RegularFile, std::string> openRegularFile(const std::string &path)
{
    FileDescriptor descriptor = openPath(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (!descriptor.isOpen()) {
        const int error = errno;
        return tl::unexpected(error == ENXIO ? std::string(whyNoFile(S_IFSOCK))
                                             : systemReason(error)); // nothing else has no reader to open
    }
    struct stat status { };
    if (::fstat(descriptor.get(), &status) != 0)
        return tl::unexpected(systemReason(errno));
    if (!S_ISREG(status.st_mode))
        return tl::unexpected(std::string(whyNoFile(status.st_mode)));
    return RegularFile{std::move(descriptor), static_cast<std::uint64_t>(status.st_size)};
}

} // namespace loopscope
