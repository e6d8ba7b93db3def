#pragma once

#include <algorithm>
#include <cstddef>
#include <streambuf>

#include <malloc.h>

namespace loopscope::test {

/// Takes some bytes and then no more, as a full disk does.
class FullDisk : public std::streambuf {
public:
    explicit FullDisk(std::streamsize room)
        : room_(room)
    {
    }
    std::streamsize xsputn(const char *, std::streamsize size) override
    {
        const std::streamsize taken = std::min(size, room_);
        room_ -= taken;
        ++writes;
        return taken;
    }
    int overflow(int) override { return traits_type::eof(); }

    int writes = 0;

private:
    std::streamsize room_;
};

/// Keeps nothing of what is written, and watches how much memory is allocated meanwhile.
class MemoryWatch : public std::streambuf {
public:
    std::streamsize xsputn(const char *, std::streamsize size) override
    {
        most = std::max(most, ::mallinfo2().uordblks);
        written += size;
        return size;
    }

    std::size_t most = 0;
    std::streamsize written = 0;
};

} // namespace loopscope::test
