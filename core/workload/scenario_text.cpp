#include "core/workload/scenario_text.h"

#include "core/text/display_text.h"

namespace loopscope {

std::string inQuotes(std::string_view text)
{
    constexpr std::size_t limit = 60;
    if (text.size() <= limit)
        return '"' + displayText(text) + '"';
    std::size_t end = limit;
    while (end > limit - 4 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end; // not within a character
    return '"' + displayText(text.substr(0, end)) + "…\"";
}

std::string alternatives(std::span<const std::string> texts)
{
    std::string all;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (i > 0)
            all += i + 1 == texts.size() ? " or " : ", ";
        all += texts[i];
    }
    return all;
}

std::string groupedNumber(std::uint64_t number)
{
    std::string text = std::to_string(number);
    for (std::size_t i = text.size(); i > 3; i -= 3)
        text.insert(i - 3, ",");
    return text;
}

} // namespace loopscope
