#include "core/files/file_descriptor.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <string_view>

#include <fcntl.h>

namespace loopscope {

namespace {

FileDescriptor openAt(int folder, const std::string &path, int flags)
{
    int descriptor = -1;
    do
        descriptor = ::openat(folder, path.c_str(), flags);
    while (descriptor < 0 && errno == EINTR);
    return FileDescriptor(descriptor);
}

// The length of the folders at the beginning of `path` that one system call takes, their slash included; 0 if one name is too long.
std::size_t foldersTaken(std::string_view path)
{
    const std::size_t slash = path.substr(0, PATH_MAX - 1).rfind('/');
    return slash == std::string_view::npos ? 0 : slash + 1;
}

} // namespace

FileDescriptor openPath(const std::string &path, int flags)
{
    if (path.find('\0') != std::string::npos) { // the system would open what is named before it
        errno = EINVAL;
        return {};
    }
    std::string_view rest = path;
    FileDescriptor folder;
    int at = AT_FDCWD;
    while (rest.size() >= PATH_MAX) {
        const std::size_t taken = foldersTaken(rest);
        if (taken == 0) {
            errno = ENAMETOOLONG;
            return {};
        }
        FileDescriptor next = openAt(at, std::string(rest.substr(0, taken)), O_PATH | O_DIRECTORY | O_CLOEXEC);
        if (!next.isOpen())
            return {};
        folder = std::move(next);
        at = folder.get();
        rest.remove_prefix(taken);
        rest.remove_prefix(std::min(rest.find_first_not_of('/'), rest.size())); // else it would begin at the root again
    }
    const bool isFolderItself = rest.empty() && folder.isOpen(); // only slashes were left
    return openAt(at, isFolderItself ? "." : std::string(rest), flags);
}

bool isOutOfDescriptors(int error)
{
    return error == EMFILE || error == ENFILE;
}

} // namespace loopscope
