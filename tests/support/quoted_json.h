#pragma once

#include <algorithm>
#include <string>

namespace loopscope::test {

/// JSON with ' for ", and ` for an escaped one's.
inline std::string json(std::string text)
{
    std::ranges::replace(text, '\'', '"');
    std::ranges::replace(text, '`', '"');
    return text;
}

} // namespace loopscope::test
