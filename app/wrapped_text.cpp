#include "app/wrapped_text.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::size_t lineWidth = 80;

std::size_t columnsOf(std::string_view word)
{
    const auto isFirstByte = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return static_cast<std::size_t>(std::ranges::count_if(word, isFirstByte));
}

} // namespace

std::string wrappedText(std::string_view text, std::size_t indent)
{
    std::string lines;
    std::size_t column = indent;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        if (column > indent && column + 1 + columnsOf(word) > lineWidth) {
            lines += '\n';
            lines.append(indent, ' ');
            column = indent;
        } else if (column > indent) {
            lines += ' ';
            ++column;
        }
        lines += word;
        column += columnsOf(word);
    }
    return lines + '\n';
}

} // namespace loopscope
