#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace loopscope {

/// How files are read.
enum class FileReader : std::uint8_t {
    Automatic,  ///< small files, if there are many, through io_uring where the system allows it; the others by the pool alone
    Pool,       ///< each by blocking calls on a worker
    IoUring,    ///< each that was seen to be a regular file is tried through io_uring first
    Sequential, ///< one after another by blocking calls on the loop, which stops everybody: for comparing
    Processes   ///< each by a process that a worker hands it to: for comparing
};

/// Its name on the command line and in settings: `auto`, `pool`, `io_uring`, `sequential`, `processes`.
[[nodiscard]] const char *fileReaderKey(FileReader reader);
/// The reader of that name, or nothing.
[[nodiscard]] std::optional<FileReader> fileReaderOfKey(std::string_view key);

} // namespace loopscope
