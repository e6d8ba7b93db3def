#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace loopscope {

/// Puts numbers, little endian, and texts behind each other.
class ByteWriter {
public:
    template <typename Number>
    void number(Number value)
    {
        static_assert(std::is_trivially_copyable_v<Number>);
        bytes_.append(reinterpret_cast<const char *>(&value), sizeof(value));
    }
    /// Its length in four bytes, and the text. Requires that it is shorter than 4 GiB.
    void text(std::string_view text)
    {
        number(static_cast<std::uint32_t>(text.size()));
        bytes_.append(text);
    }
    void raw(std::string_view bytes) { bytes_.append(bytes); }

    [[nodiscard]] const std::string &bytes() const { return bytes_; }
    void clear() { bytes_.clear(); }

private:
    std::string bytes_;
};

} // namespace loopscope
