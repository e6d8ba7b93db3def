#pragma once

#include "core/files/file_descriptor.h"

#include <cstddef>
#include <cstdint>
#include <string>

#include <sys/stat.h>

#include <tl/expected.hpp>

namespace loopscope {

/// A regular file that is open for reading, read by offsets: so it may be shared, and may shrink meanwhile without a signal. Any thread.
class InputFile {
public:
    /// Refuses what is no regular file, and never waits for one that is a FIFO. The error is as that of openRegularFile().
    [[nodiscard]] static tl::expected<InputFile, std::string> open(const std::string &path);
    /// Of a descriptor of a regular file.
    explicit InputFile(FileDescriptor descriptor);

    /// In bytes, when it was opened; 0 for files of /proc that have some.
    [[nodiscard]] std::uint64_t size() const { return static_cast<std::uint64_t>(status_.st_size); }
    /// Whether it has the size and the time of change that it had when it was opened.
    [[nodiscard]] bool isUnchanged() const;
    /// Reads up to `most` bytes; fewer at the end only. The error is the system's reason and where.
    [[nodiscard]] tl::expected<std::size_t, std::string> readAt(std::uint64_t offset, char *to, std::size_t most) const;

private:
    FileDescriptor descriptor_;
    struct stat status_ = {};
};

} // namespace loopscope
