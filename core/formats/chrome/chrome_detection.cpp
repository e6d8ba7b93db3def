#include "core/formats/chrome/chrome_import.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

bool hasKey(std::string_view text, std::string_view quotedKey)
{
    return text.find(quotedKey) != std::string_view::npos;
}

} // namespace

bool looksLikeChromeJson(std::string_view head)
{
    constexpr std::string_view byteOrderMark = "\xEF\xBB\xBF";
    if (head.starts_with(byteOrderMark))
        head.remove_prefix(byteOrderMark.size());
    const auto skipSpace = [&head] { head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size())); };
    skipSpace();
    if (head.starts_with('[')) {
        head.remove_prefix(1);
        skipSpace();
        // An empty list, or one that was cut off at once, is a trace of nothing.
        return head.empty() || head.starts_with(']') || (head.starts_with('{') && hasKey(head, "\"ph\""));
    }
    // What Chrome writes in front of its events may be long.
    constexpr std::array<std::string_view, 4> keys = {"\"traceEvents\"", "\"displayTimeUnit\"", "\"stackFrames\"", "\"systemTraceEvents\""};
    return head.starts_with('{') && std::ranges::any_of(keys, [head](std::string_view key) { return hasKey(head, key); });
}

} // namespace loopscope
