#pragma once

#include <csignal>
#include <sys/resource.h>

namespace loopscope::test {

/// Lets no file of this process grow beyond `bytes` while it lives: what a full disk is to a writer.
class SmallDisk {
public:
    explicit SmallDisk(rlim_t bytes)
        : oldHandler_(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &old_);
        rlimit small = old_;
        small.rlim_cur = bytes;
        ::setrlimit(RLIMIT_FSIZE, &small);
    }
    ~SmallDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, oldHandler_);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

private:
    void (*oldHandler_)(int);
    rlimit old_{};
};

} // namespace loopscope::test
