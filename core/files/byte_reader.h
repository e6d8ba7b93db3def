#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

namespace loopscope {

/// Takes apart what a ByteWriter put together. What goes beyond the end is 0 and empty, and so is all that is asked after that.
class ByteReader {
public:
    explicit ByteReader(std::span<const std::byte> bytes)
        : rest_(bytes)
    {
    }

    template <typename Number>
    [[nodiscard]] Number number()
    {
        static_assert(std::is_trivially_copyable_v<Number>);
        Number value{};
        if (const auto bytes = raw(sizeof(value)); !bytes.empty())
            std::memcpy(&value, bytes.data(), sizeof(value));
        return value;
    }
    /// Valid as long as the bytes.
    [[nodiscard]] std::string_view text()
    {
        const auto bytes = raw(number<std::uint32_t>());
        return {reinterpret_cast<const char *>(bytes.data()), bytes.size()};
    }
    [[nodiscard]] std::span<const std::byte> raw(std::size_t size)
    {
        hasFailed_ = hasFailed_ || size > rest_.size();
        if (hasFailed_)
            return {};
        const auto taken = rest_.first(size);
        rest_ = rest_.subspan(size);
        return taken;
    }

    [[nodiscard]] bool hasFailed() const { return hasFailed_; }
    [[nodiscard]] bool atEnd() const { return rest_.empty() || hasFailed_; }
    [[nodiscard]] std::size_t left() const { return rest_.size(); }

private:
    std::span<const std::byte> rest_;
    bool hasFailed_ = false;
};

} // namespace loopscope
