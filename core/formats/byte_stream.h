#pragma once

#include "core/formats/input_file.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include <tl/expected.hpp>

namespace loopscope {

/// The bytes of a file from its beginning to its end, unpacked if it is packed.
class ByteStream {
public:
    virtual ~ByteStream() = default;
    /// Reads up to `most` bytes; 0 at the end only. The error is a reason for people.
    [[nodiscard]] virtual tl::expected<std::size_t, std::string> read(char *to, std::size_t most) = 0;
    /// How many bytes of the file were used up so far, packed as they are.
    [[nodiscard]] virtual std::uint64_t usedBytes() const = 0;
    /// Says that no more will be read, though there may be more.
    virtual void stop() { }
    /// What can be read again later, by offset in what read() gave; null if that cannot be.
    [[nodiscard]] virtual std::shared_ptr<const InputFile> again() const = 0;
};

/// A file as it is. What is written to its end meanwhile is left out.
class PlainStream : public ByteStream {
public:
    explicit PlainStream(std::shared_ptr<const InputFile> file, std::uint64_t from = 0)
        : file_(std::move(file))
        , at_(from)
    {
    }

    [[nodiscard]] tl::expected<std::size_t, std::string> read(char *to, std::size_t most) override;
    [[nodiscard]] std::uint64_t usedBytes() const override { return at_; }
    [[nodiscard]] std::shared_ptr<const InputFile> again() const override { return file_; }

private:
    std::shared_ptr<const InputFile> file_;
    std::uint64_t at_;
};

} // namespace loopscope
