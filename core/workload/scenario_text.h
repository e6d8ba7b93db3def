#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace loopscope {

/// Foreign text in quotes, safe to show: escaped, and elided after 60 bytes.
[[nodiscard]] std::string inQuotes(std::string_view text);

/// "a", "a or b", "a, b or c".
[[nodiscard]] std::string alternatives(std::span<const std::string> texts);

/// "1,234,567".
[[nodiscard]] std::string groupedNumber(std::uint64_t number);

} // namespace loopscope
