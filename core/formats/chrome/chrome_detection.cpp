#include "core/formats/chrome/chrome_import.h"

#include "core/formats/chrome/json_scan.h"
#include "core/formats/json_blanks.h"

#include <algorithm>
#include <array>
#include <string>

namespace loopscope {

namespace {

bool hasKey(std::string_view text, std::string_view quotedKey)
{
    return text.find(quotedKey) != std::string_view::npos;
}

// Without what may stand in front of it.
std::string_view jsonOf(std::string_view head)
{
    return withoutBlanksBefore(withoutByteOrderMark(head));
}

} // namespace

bool looksLikeChromeJson(std::string_view head)
{
    const std::string_view json = jsonOf(head);
    if (json.starts_with('[')) {
        const std::string_view entries = withoutBlanksBefore(json.substr(1));
        // An empty list, or one that was cut off at once, is a trace of nothing.
        return entries.empty() || entries.starts_with(']') || (entries.starts_with('{') && hasKey(entries, "\"ph\""));
    }
    // What Chrome writes in front of its events may be long.
    constexpr std::array<std::string_view, 4> keys = {"\"traceEvents\"", "\"displayTimeUnit\"", "\"stackFrames\"", "\"systemTraceEvents\""};
    return json.starts_with('{') && std::ranges::any_of(keys, [json](std::string_view key) { return hasKey(json, key); });
}

bool mayBeChromeJson(std::string_view head)
{
    const std::string_view json = jsonOf(head);
    const std::string_view object = json.starts_with('[') ? withoutBlanksBefore(json.substr(1)) : json;
    if (!object.starts_with('{') || object.find('\0') != std::string_view::npos) // no JSON has that
        return false;
    const std::string padded = std::string(object) + std::string(chrome::scanPadding, ' ');
    chrome::NestingState nesting;
    static_cast<void>(chrome::findNestingEnd(padded.data(), padded.data() + object.size(), nesting));
    return nesting.depth != 0;
}

} // namespace loopscope
