#pragma once

#include <string>
#include <string_view>

namespace loopscope::chrome {

/// A string of JSON without its quotes, or any other token as it is. Its escapes are as they were.
[[nodiscard]] constexpr std::string_view contentOf(std::string_view token)
{
    return token.size() >= 2 && token.front() == '"' ? token.substr(1, token.size() - 2) : token;
}

/// A token's content with its escapes resolved, whatever bytes that are. Halves of surrogate pairs become U+FFFD, and backslashes that
/// escape nothing stay.
[[nodiscard]] std::string withoutEscapes(std::string_view content);

/// Whether a token's content says this, with escapes or without. Costs nothing more than to compare where there are none.
[[nodiscard]] inline bool says(std::string_view content, std::string_view text)
{
    return content == text || (content.find('\\') != std::string_view::npos && withoutEscapes(content) == text);
}

/// What a token's content says: its escapes resolved, as UTF-8 that can be relied on. Bytes that are no UTF-8 are written as \xFF, and
/// `isMended` is set.
[[nodiscard]] std::string plainText(std::string_view content, bool &isMended);

} // namespace loopscope::chrome
