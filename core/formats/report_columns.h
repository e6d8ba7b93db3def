#pragma once

#include <algorithm>
#include <cstddef>
#include <string>

namespace loopscope {

// Columns of a report for a terminal, in bytes. What is wider than its column stays whole.

[[nodiscard]] inline std::string leftAligned(std::string text, std::size_t width)
{
    text.resize(std::max(text.size(), width), ' ');
    return text;
}

[[nodiscard]] inline std::string rightAligned(const std::string &text, std::size_t width)
{
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

} // namespace loopscope
