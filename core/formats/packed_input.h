#pragma once

#include <tl/expected.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace loopscope {

/// A regular file that is read from its beginning, unpacked if it is packed by gzip. Of one thread.
class PackedInput {
public:
    /// An error is the reason without the path and without a full stop.
    [[nodiscard]] static tl::expected<PackedInput, std::string> open(const std::string &path);
    PackedInput(PackedInput &&) noexcept;
    PackedInput &operator=(PackedInput &&) noexcept;
    ~PackedInput();

    /// Puts at most `most` bytes at `to`, and returns how many; 0 at the end, and where no more can be had: see error().
    std::size_t read(char *to, std::size_t most);
    /// Why it ended before its end; empty if it did not.
    [[nodiscard]] const std::string &error() const;
    /// Bytes of the file itself: read so far, and in all.
    [[nodiscard]] std::uint64_t position() const;
    [[nodiscard]] std::uint64_t size() const;

private:
    struct Content;

    explicit PackedInput(std::unique_ptr<Content> content);

    std::unique_ptr<Content> content_;
};

} // namespace loopscope
