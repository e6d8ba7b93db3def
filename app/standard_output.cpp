#include "app/standard_output.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <iostream>
#include <ostream>
#include <streambuf>
#include <system_error>

namespace loopscope {

namespace {

/// Writes to a descriptor, and remembers why it could not.
class DescriptorBuffer : public std::streambuf {
public:
    explicit DescriptorBuffer(int descriptor)
        : descriptor_(descriptor)
    {
    }

    /// The system's error number; 0 if there was none.
    [[nodiscard]] int error() const { return error_; }

protected:
    std::streamsize xsputn(const char *bytes, std::streamsize size) override
    {
        std::streamsize written = 0;
        while (written < size && error_ == 0) {
            const ssize_t step = ::write(descriptor_, bytes + written, static_cast<std::size_t>(size - written));
            if (step >= 0)
                written += step;
            else if (errno == EAGAIN)
                waitUntilWritable(); // somebody who shares the terminal or pipe made it non-blocking
            else if (errno != EINTR)
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
    void waitUntilWritable() const
    {
        pollfd waited{descriptor_, POLLOUT, 0};
        ::poll(&waited, 1, -1);
    }

    int descriptor_;
    int error_ = 0;
};

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
}

bool writeStandardOutput(const std::function<void(std::ostream &)> &write)
{
    DescriptorBuffer buffer(STDOUT_FILENO);
    std::ostream out(&buffer);
    write(out);
    if (buffer.error() == 0)
        return true;
    if (buffer.error() != EPIPE)
        std::cerr << "loopscope: cannot write to the standard output: " << std::generic_category().message(buffer.error()) << '\n';
    return false;
}

} // namespace loopscope
