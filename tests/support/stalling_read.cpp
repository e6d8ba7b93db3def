// A library that, preloaded or linked into a program, lets every read() of a file whose path contains "stalls" hang like one from a file
// server that is gone: no signal and no flag ends it. The thread is called "stalling" from then on.

#include <dlfcn.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <string_view>

namespace {

bool isStalling(int descriptor)
{
    std::array<char, 64> link{};
    std::array<char, 4096> path{};
    std::snprintf(link.data(), link.size(), "/proc/self/fd/%d", descriptor);
    const ssize_t length = ::readlink(link.data(), path.data(), path.size());
    return length > 0 && std::string_view(path.data(), static_cast<std::size_t>(length)).find("stalls") != std::string_view::npos;
}

} // namespace

extern "C" ssize_t read(int descriptor, void *buffer, size_t size)
{
    static const auto next = reinterpret_cast<ssize_t (*)(int, void *, size_t)>(dlsym(RTLD_NEXT, "read"));
    while (isStalling(descriptor)) {
        ::prctl(PR_SET_NAME, "stalling");
        sleep(1);
    }
    return next(descriptor, buffer, size);
}
