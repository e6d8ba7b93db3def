#include "core/text/display_text.h"

#include "core/text/utf8.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace loopscope {

namespace {

struct CodePointRange {
    char32_t first;
    char32_t last;
};

// Seen by nobody, or changing how their neighbours are seen. Joiners (U+200C, U+200D) and variation selectors are left alone: scripts and
// emoji need them.
constexpr std::array hiddenCharacters = {
    CodePointRange{0x0080, 0x009F},   // C1 controls
    CodePointRange{0x00AD, 0x00AD},   // soft hyphen
    CodePointRange{0x061C, 0x061C},   // Arabic letter mark
    CodePointRange{0x180E, 0x180E},   // Mongolian vowel separator
    CodePointRange{0x200B, 0x200B},   // zero width space
    CodePointRange{0x200E, 0x200F},   // direction marks
    CodePointRange{0x2028, 0x202E},   // line and paragraph separators, embeddings and overrides
    CodePointRange{0x2060, 0x206F},   // invisible operators, isolates
    CodePointRange{0xFDD0, 0xFDEF},   // noncharacters
    CodePointRange{0xFEFF, 0xFEFF},   // byte order mark
    CodePointRange{0xFFF9, 0xFFFB},   // interlinear annotations
    CodePointRange{0xE0000, 0xE007F}, // tags
};

// They stand for no character either. XML takes none of those of the first plane.
bool isLastOfPlane(char32_t codePoint)
{
    return (codePoint & 0xFFFEU) == 0xFFFEU;
}

bool isHidden(char32_t codePoint)
{
    const auto isIn = [codePoint](CodePointRange range) { return range.first <= codePoint && codePoint <= range.last; };
    return isLastOfPlane(codePoint) || std::ranges::any_of(hiddenCharacters, isIn);
}

void appendCodePoint(std::string &text, char32_t codePoint)
{
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "\\u{%04X}", static_cast<unsigned>(codePoint));
    text += buffer.data();
}

void appendControl(std::string &text, char control)
{
    if (control == '\n')
        text += "\\n";
    else if (control == '\t')
        text += "\\t";
    else if (control == '\r')
        text += "\\r";
    else
        text += escapedByte(control);
}

constexpr std::size_t longestName = 200;

bool beginsCharacter(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

// Where the character of that number begins.
std::size_t offsetOf(std::string_view text, std::size_t number)
{
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (beginsCharacter(text[at]) && number-- == 0)
            break;
    }
    return at;
}

} // namespace

std::string displayText(std::string_view bytes)
{
    if (std::ranges::all_of(bytes, [](char byte) { return byte >= 0x20 && byte < 0x7F; }))
        return std::string(bytes);
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const Utf8Character character = firstUtf8Character(bytes);
        const std::size_t length = std::max<std::size_t>(1, character.length);
        if (character.length == 0)
            text += escapedByte(bytes.front());
        else if (character.codePoint < 0x20 || character.codePoint == 0x7F)
            appendControl(text, bytes.front());
        else if (isHidden(character.codePoint))
            appendCodePoint(text, character.codePoint);
        else
            text += bytes.substr(0, length);
        bytes.remove_prefix(length);
    }
    return text;
}

std::string elidedMiddle(std::string_view text, std::size_t most)
{
    const auto length = static_cast<std::size_t>(std::ranges::count_if(text, beginsCharacter));
    if (length <= most)
        return std::string(text);
    const std::size_t behind = (most - 1) / 2;
    const std::size_t before = most - 1 - behind;
    return std::string(text.substr(0, offsetOf(text, before))) + "…" + std::string(text.substr(offsetOf(text, length - behind)));
}

std::string displayName(std::string_view bytes)
{
    return elidedMiddle(displayText(bytes), longestName);
}

} // namespace loopscope
