#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loopscope {

/// One character at the beginning of some bytes.
struct Utf8Character {
    char32_t codePoint = 0;
    std::size_t length = 0; ///< in bytes, 1…4; 0 if the bytes do not begin with a whole valid character
};

/// The character that `bytes` begin with, as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
[[nodiscard]] Utf8Character firstUtf8Character(std::string_view bytes);

/// How a byte that is no UTF-8, or that must not be shown, is written everywhere: \xFF.
[[nodiscard]] std::string escapedByte(char byte);

/// The length of the longest valid UTF-8 that `bytes` begin with: the offset of what iconv and Python's decoder complain about.
[[nodiscard]] std::size_t validUtf8Prefix(std::string_view bytes);

/// Finds the first byte of a stream that is no valid UTF-8, wherever the stream is cut into chunks.
///
/// Use by one thread at a time. Copyable, of a fixed size.
class Utf8Check {
public:
    /// Takes the next bytes of the stream. Cheap once a bad byte has been found.
    void feed(std::string_view chunk);
    /// As feed(), of so many bytes that are all ASCII: they need not be looked at.
    void feedAscii(std::size_t length);
    /// Says that the stream is over: a character that was cut off by its end is invalid.
    void finish();
    /// The offset of the first byte that is not part of a valid character; nothing if there is none so far.
    [[nodiscard]] std::optional<std::uint64_t> firstInvalid() const { return firstInvalid_; }

private:
    std::string_view completeCarried(std::string_view chunk);

    std::uint64_t checked_ = 0;     // bytes found valid, those carried not included
    std::array<char, 4> carried_{}; // the beginning of a character that the last chunk cut
    std::size_t carriedLength_ = 0;
    std::optional<std::uint64_t> firstInvalid_;
};

} // namespace loopscope
