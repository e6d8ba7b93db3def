#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include <sys/stat.h>

#include <tl/expected.hpp>

namespace loopscope {

/// A regular file that is open for reading, read by offsets: so it may be shared, and may shrink meanwhile without a signal. Any thread.
class InputFile {
public:
    /// Refuses what is no regular file, and never waits for one that is a FIFO. The error is the system's reason, for people.
    [[nodiscard]] static tl::expected<InputFile, std::string> open(const std::string &path);
    /// Takes over a descriptor, and closes it in the end.
    explicit InputFile(int descriptor);
    InputFile(InputFile &&other) noexcept;
    InputFile &operator=(InputFile &&other) noexcept;
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;
    ~InputFile();

    /// In bytes, when it was opened; 0 for files of /proc that have some.
    [[nodiscard]] std::uint64_t size() const { return static_cast<std::uint64_t>(status_.st_size); }
    /// Whether it has the size and the time of change that it had when it was opened.
    [[nodiscard]] bool isUnchanged() const;
    /// Reads up to `most` bytes; fewer at the end only. The error is the system's reason and where.
    [[nodiscard]] tl::expected<std::size_t, std::string> readAt(std::uint64_t offset, char *to, std::size_t most) const;

private:
    int descriptor_ = -1;
    struct stat status_ = {};
};

} // namespace loopscope
