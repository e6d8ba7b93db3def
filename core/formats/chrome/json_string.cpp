#include "core/formats/chrome/json_string.h"

#include "core/formats/json_output.h"
#include "core/text/utf8.h"

#include <charconv>
#include <cstdint>
#include <optional>

namespace loopscope::chrome {

namespace {

constexpr std::uint32_t replacementCharacter = 0xFFFD;

void appendUtf8(std::string &text, std::uint32_t codePoint)
{
    const auto continued = [codePoint](unsigned shift) { return static_cast<char>(0x80U | ((codePoint >> shift) & 0x3FU)); };
    if (codePoint < 0x80) {
        text += static_cast<char>(codePoint);
    } else if (codePoint < 0x800) {
        text += {static_cast<char>(0xC0U | codePoint >> 6U), continued(0)};
    } else if (codePoint < 0x10000) {
        text += {static_cast<char>(0xE0U | codePoint >> 12U), continued(6), continued(0)};
    } else {
        text += {static_cast<char>(0xF0U | codePoint >> 18U), continued(12), continued(6), continued(0)};
    }
}

// Of what follows "\u".
std::optional<std::uint32_t> hexUnit(std::string_view digits)
{
    constexpr std::size_t length = 4;
    std::uint32_t unit = 0;
    if (digits.size() < length)
        return std::nullopt;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + length, unit, 16);
    return error == std::errc() && end == digits.data() + length ? std::optional(unit) : std::nullopt;
}

// Takes "\uXXXX", or two of them that make a surrogate pair, from the beginning of `rest`.
bool takeUnicodeEscape(std::string_view &rest, std::string &text)
{
    constexpr std::size_t escapeLength = 6;
    const auto first = hexUnit(rest.substr(2));
    if (!first)
        return false;
    rest.remove_prefix(escapeLength);
    if (*first < 0xD800 || *first > 0xDFFF) {
        appendUtf8(text, *first);
        return true;
    }
    const auto second = *first < 0xDC00 && rest.starts_with("\\u") ? hexUnit(rest.substr(2)) : std::nullopt;
    if (!second || *second < 0xDC00 || *second > 0xDFFF) {
        appendUtf8(text, replacementCharacter);
        return true;
    }
    rest.remove_prefix(escapeLength);
    appendUtf8(text, 0x10000 + ((*first - 0xD800) << 10U) + (*second - 0xDC00));
    return true;
}

// Takes an escape from the beginning of `rest`, which is a backslash.
void takeEscape(std::string_view &rest, std::string &text)
{
    constexpr std::string_view letters = "\"\\/bfnrt";
    constexpr std::string_view meanings = "\"\\/\b\f\n\r\t";
    const std::size_t known = rest.size() < 2 ? std::string_view::npos : letters.find(rest[1]);
    if (known != std::string_view::npos) {
        text += meanings[known];
        rest.remove_prefix(2);
    } else if (!rest.starts_with("\\u") || !takeUnicodeEscape(rest, text)) {
        text += '\\';
        rest.remove_prefix(1);
    }
}

} // namespace

std::string withoutEscapes(std::string_view content)
{
    std::string text;
    text.reserve(content.size());
    while (!content.empty()) {
        const std::size_t plain = content.find('\\');
        text += content.substr(0, plain);
        content.remove_prefix(plain == std::string_view::npos ? content.size() : plain);
        if (!content.empty())
            takeEscape(content, text);
    }
    return text;
}

std::string plainText(std::string_view content, bool &isMended)
{
    std::string text = withoutEscapes(content);
    if (validUtf8Prefix(text) == text.size())
        return text;
    isMended = true;
    return validText(text);
}

} // namespace loopscope::chrome
