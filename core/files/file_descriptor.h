#pragma once

#include <string>
#include <utility>

#include <unistd.h>

namespace loopscope {

/// Owns a file descriptor, and closes it. Errors of close() do not matter for what was only read.
class FileDescriptor {
public:
    FileDescriptor() = default;
    explicit FileDescriptor(int descriptor)
        : descriptor_(descriptor)
    {
    }
    FileDescriptor(FileDescriptor &&other) noexcept
        : descriptor_(std::exchange(other.descriptor_, -1))
    {
    }
    FileDescriptor &operator=(FileDescriptor &&other) noexcept
    {
        if (this != &other) {
            reset();
            descriptor_ = std::exchange(other.descriptor_, -1);
        }
        return *this;
    }
    ~FileDescriptor() { reset(); }

    [[nodiscard]] int get() const { return descriptor_; }
    [[nodiscard]] bool isOpen() const { return descriptor_ >= 0; }
    /// Hands the descriptor over to the caller, who closes it.
    [[nodiscard]] int release() { return std::exchange(descriptor_, -1); }
    void reset()
    {
        if (isOpen())
            ::close(std::exchange(descriptor_, -1));
    }

private:
    int descriptor_ = -1;
};

/// open(2) for paths of any length, beyond PATH_MAX too, by way of their folders; goes on after a signal. Not open on failure, with the
/// reason in errno. Any thread.
[[nodiscard]] FileDescriptor openPath(const std::string &path, int flags);

/// Whether an errno of openPath() says that the process or the system has no descriptors left: waiting may help.
[[nodiscard]] bool isOutOfDescriptors(int error);

} // namespace loopscope
