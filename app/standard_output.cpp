#include "app/standard_output.h"

#include "app/signal_watcher.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>
#include <iostream>
#include <ostream>
#include <streambuf>
#include <string>
#include <system_error>
#include <thread>

namespace loopscope {

namespace {

// After a signal, how long a reader may take until it reads on.
constexpr std::chrono::milliseconds patienceWithReader(500);

/// Whether a write there may last until somebody else has done something.
bool mayBlock(int descriptor)
{
    struct stat status { };
    return ::fstat(descriptor, &status) == 0 && !S_ISREG(status.st_mode);
}

/// As poll(2); where that refuses so many, as it does when RLIMIT_NOFILE has fallen below their number, it looks at the first alone, after
/// a nap. To write and see would be no way, for no signal ends a write that blocks. False if one is refused, too.
bool pollAnyway(std::array<pollfd, 2> &ends, int timeoutMs)
{
    if (::poll(ends.data(), ends.size(), timeoutMs) >= 0 || errno == EINTR)
        return true;
    constexpr std::chrono::milliseconds nap(1);
    std::this_thread::sleep_for(nap);
    return ::poll(ends.data(), 1, 0) >= 0;
}

/// Writes to a descriptor, and remembers why it could not.
class DescriptorBuffer : public std::streambuf {
public:
    explicit DescriptorBuffer(int descriptor)
        : descriptor_(descriptor)
        , mostAtOnce_(mayBlock(descriptor) ? PIPE_BUF : SSIZE_MAX)
    {
    }

    /// The system's error number; 0 if there was none.
    [[nodiscard]] int error() const { return error_; }

protected:
    std::streamsize xsputn(const char *bytes, std::streamsize size) override
    {
        std::streamsize written = 0;
        while (written < size && error_ == 0) {
            if (!waitUntilWritable()) {
                error_ = ETIMEDOUT;
                break;
            }
            const ssize_t step = ::write(descriptor_, bytes + written, static_cast<std::size_t>(std::min(size - written, mostAtOnce_)));
            if (step >= 0)
                written += step;
            else if (errno != EINTR && errno != EAGAIN) // somebody who shares the terminal or pipe may have made it non-blocking
                error_ = errno;
        }
        return written;
    }

    int_type overflow(int_type c) override
    {
        const char byte = traits_type::to_char_type(c);
        return xsputn(&byte, 1) == 1 ? c : traits_type::eof();
    }

private:
    /// Waits for as long as it takes, but once a signal has come only for a reader that reads: false if this one does not.
    [[nodiscard]] bool waitUntilWritable() const
    {
        if (mostAtOnce_ == SSIZE_MAX)
            return true;
        const auto start = std::chrono::steady_clock::now();
        while (true) {
            const auto sinceSignal = SignalWatcher::sinceSignal();
            int timeoutMs = -1;
            if (sinceSignal) {
                const auto waited = std::min<std::chrono::nanoseconds>(*sinceSignal, std::chrono::steady_clock::now() - start);
                timeoutMs = static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(patienceWithReader - waited).count());
            }
            std::array<pollfd, 2> ends{pollfd{descriptor_, POLLOUT, 0}, {sinceSignal ? -1 : SignalWatcher::descriptor(), POLLIN, 0}};
            const bool isPolled = pollAnyway(ends, std::max(timeoutMs, sinceSignal ? 0 : -1));
            if (ends[0].revents != 0 || (!isPolled && !sinceSignal)) // an error too: writing will tell which
                return true;
            if (sinceSignal && timeoutMs <= 0)
                return false;
        }
    }

    int descriptor_;
    std::streamsize mostAtOnce_; // what is written without blocking once the descriptor is said to be writable
    int error_ = 0;
};

std::string reasonOf(int error)
{
    return error == ETIMEDOUT ? "nobody reads it" : std::generic_category().message(error);
}

} // namespace

void prepareOutputs()
{
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    // open() takes the lowest free number. Write-only for the input and read-only for the outputs: using one fails as if it were closed.
    for (const auto &[descriptor, mode] : {std::pair(STDIN_FILENO, O_WRONLY), {STDOUT_FILENO, O_RDONLY}, {STDERR_FILENO, O_RDONLY}}) {
        if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            ::open("/dev/null", mode);
    }
    // Never deleted: the standard library flushes the stream when all else is gone.
    static auto *const errors = new DescriptorBuffer(STDERR_FILENO);
    std::cerr.rdbuf(errors);
}

bool writeStandardOutput(const std::function<void(std::ostream &)> &write)
{
    DescriptorBuffer buffer(STDOUT_FILENO);
    std::ostream out(&buffer);
    write(out);
    if (buffer.error() == 0)
        return true;
    if (buffer.error() != EPIPE)
        std::cerr << "loopscope: cannot write to the standard output: " << reasonOf(buffer.error()) << '\n';
    return false;
}

} // namespace loopscope
