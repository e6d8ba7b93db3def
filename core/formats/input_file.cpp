#include "core/formats/input_file.h"

#include "core/files/regular_file.h"
#include "core/text/system_reason.h"

#include <cerrno>
#include <utility>

#include <unistd.h>

namespace loopscope {

tl::expected<InputFile, std::string> InputFile::open(const std::string &path)
{
    auto file = openRegularFile(path);
    if (!file)
        return tl::unexpected(std::move(file).error());
    return InputFile(std::move(file->descriptor));
}

InputFile::InputFile(FileDescriptor descriptor)
    : descriptor_(std::move(descriptor))
{
    ::fstat(descriptor_.get(), &status_); // does not fail for a descriptor that is open
}

bool InputFile::isUnchanged() const
{
    struct stat now = {};
    return ::fstat(descriptor_.get(), &now) == 0 && now.st_size == status_.st_size && now.st_mtim.tv_sec == status_.st_mtim.tv_sec
           && now.st_mtim.tv_nsec == status_.st_mtim.tv_nsec;
}

tl::expected<std::size_t, std::string> InputFile::readAt(std::uint64_t offset, char *to, std::size_t most) const
{
    std::size_t done = 0;
    while (done < most) {
        const ssize_t got = ::pread(descriptor_.get(), to + done, most - done, static_cast<off_t>(offset + done));
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
