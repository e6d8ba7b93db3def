#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace loopscope::test {

/// How many descriptors this process has open.
inline std::size_t openDescriptors()
{
    const auto count = std::distance(std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator());
    return static_cast<std::size_t>(count) - 1; // one of them is that of the counting
}

/// While it lives, this process can open no more than `more` further descriptors.
class DescriptorLimit {
public:
    explicit DescriptorLimit(rlim_t more)
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int next = ::open("/dev/null", O_RDONLY | O_CLOEXEC); // the lowest free number
        ::close(next);
        rlimit limit = before_;
        limit.rlim_cur = static_cast<rlim_t>(next) + more;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
    DescriptorLimit(const DescriptorLimit &) = delete;
    DescriptorLimit &operator=(const DescriptorLimit &) = delete;
    ~DescriptorLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

} // namespace loopscope::test
