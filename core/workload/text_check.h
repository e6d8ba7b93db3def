#pragma once

#include "core/text/utf8.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace loopscope {

/// Counts the lines of a stream, and finds its first byte that is no valid UTF-8, wherever the stream is cut into chunks.
///
/// In one pass where it is ASCII, as most text is for the most part: a second one would take as long as the first. Use by one thread at a
/// time. Copyable, of a fixed size.
class TextCheck {
public:
    /// Takes the next bytes of the stream.
    void feed(std::string_view chunk);
    /// Says that the stream is over: a character that was cut off by its end is invalid.
    void finish() { utf8_.finish(); }

    /// Newline characters so far, as `wc -l` counts them.
    [[nodiscard]] std::uint64_t lines() const { return lines_; }
    /// The offset of the first byte that is not part of a valid character; nothing if there is none so far.
    [[nodiscard]] std::optional<std::uint64_t> firstInvalidUtf8() const { return utf8_.firstInvalid(); }

private:
    void feedBlocks(std::string_view blocks);

    std::uint64_t lines_ = 0;
    Utf8Check utf8_;
};

} // namespace loopscope
