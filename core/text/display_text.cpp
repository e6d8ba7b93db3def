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
    CodePointRange{0xFEFF, 0xFEFF},   // byte order mark
    CodePointRange{0xFFF9, 0xFFFB},   // interlinear annotations
    CodePointRange{0xE0000, 0xE007F}, // tags
};

bool isHidden(char32_t codePoint)
{
    return std::ranges::any_of(hiddenCharacters,
                               [codePoint](CodePointRange range) { return range.first <= codePoint && codePoint <= range.last; });
}

void appendFormatted(std::string &text, const char *format, unsigned value)
{
    std::array<char, 16> buffer{};
    std::snprintf(buffer.data(), buffer.size(), format, value);
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
        appendFormatted(text, "\\x%02X", static_cast<unsigned char>(control));
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
            appendFormatted(text, "\\x%02X", static_cast<unsigned char>(bytes.front()));
        else if (character.codePoint < 0x20 || character.codePoint == 0x7F)
            appendControl(text, bytes.front());
        else if (isHidden(character.codePoint))
            appendFormatted(text, "\\u{%04X}", character.codePoint);
        else
            text += bytes.substr(0, length);
        bytes.remove_prefix(length);
    }
    return text;
}

} // namespace loopscope
