#pragma once

#include "core/files/file_descriptor.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <string>

#include <sys/types.h>

namespace loopscope {

/// A file that is open for reading, and how long it was then.
struct RegularFile {
    FileDescriptor descriptor;
    std::uint64_t size = 0; ///< 0 for files of /proc, too, which have more
};

/// What stands against something that is no regular file, by its mode: "it is a folder", "it is a FIFO, not a file". Any thread.
[[nodiscard]] const char *whyNoFile(mode_t mode);

/// Opens a file, given by its path in raw bytes, without ever waiting for somebody to write: folders, FIFOs, sockets and devices are
/// refused. An error is the reason without the path and without a full stop: "it is a folder". Any thread.
[[nodiscard]] tl::expected<RegularFile, std::string> openRegularFile(const std::string &path);

} // namespace loopscope
