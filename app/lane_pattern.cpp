#include "app/lane_pattern.h"

#include <algorithm>

namespace loopscope {

namespace {

char lowerCase(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string inLowerCase(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), lowerCase);
    return lower;
}

bool continuesCharacter(std::string_view text, std::size_t at)
{
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
}

} // namespace

LanePattern::LanePattern(std::string_view pattern)
    : pattern_('*' + inLowerCase(pattern) + '*')
{
}

// From each star on, the shortest text that it can stand for: where that fails, the last star takes a byte more. Others need not be tried
// again.
bool LanePattern::matches(std::string_view bytes) const
{
    const std::string name = inLowerCase(bytes);
    std::size_t at = 0;
    std::size_t inPattern = 0;
    std::size_t star = 0;   // the last one
    std::size_t behind = 0; // where the text begins that follows what it stands for
    while (at < name.size()) {
        if (inPattern < pattern_.size() && pattern_[inPattern] == '*') {
            star = inPattern++;
            behind = at;
        } else if (inPattern < pattern_.size() && pattern_[inPattern] == '?') {
            ++inPattern;
            do
                ++at;
            while (continuesCharacter(name, at));
        } else if (inPattern < pattern_.size() && pattern_[inPattern] == name[at]) {
            ++inPattern;
            ++at;
        } else {
            inPattern = star + 1;
            at = ++behind;
        }
    }
    return pattern_.find_first_not_of('*', inPattern) == std::string::npos;
}

} // namespace loopscope
