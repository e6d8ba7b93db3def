#pragma once

#include <algorithm>
#include <string_view>

namespace loopscope {

/// What may stand between the tokens of JSON (RFC 8259).
inline constexpr std::string_view jsonBlanks = " \t\r\n";

/// What some editors put in front of a text in UTF-8.
inline constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";

[[nodiscard]] inline std::string_view withoutByteOrderMark(std::string_view text)
{
    return text.starts_with(byteOrderMark) ? text.substr(byteOrderMark.size()) : text;
}

[[nodiscard]] inline std::string_view withoutBlanksBefore(std::string_view text)
{
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(jsonBlanks)));
    return text;
}

[[nodiscard]] inline std::string_view withoutBlanksBehind(std::string_view text)
{
    return text.substr(0, text.find_last_not_of(jsonBlanks) + 1); // npos + 1 is 0
}

} // namespace loopscope
