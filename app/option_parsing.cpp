#include "app/option_parsing.h"

#include "core/text/utf8.h"
#include "core/workload/byte_text.h"

#include <algorithm>

namespace loopscope {

bool endsWith(std::string_view text, std::string_view ending)
{
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return text.size() >= ending.size() && std::ranges::equal(text.substr(text.size() - ending.size()), ending, {}, lower);
}

std::string localPath(std::string_view path)
{
    if (looksLikeUrl(path))
        if (auto local = pathOfUri(path))
            return *std::move(local);
    return std::string(path);
}

OptionValue<std::string> parsePictureName(std::string_view value)
{
    // Qt writes files by names in UTF-16: a picture by another name than the one asked for would be found by nobody.
    if (validUtf8Prefix(value) != value.size())
        return wrong("is no valid UTF-8, as the name of a picture has to be");
    for (const std::string_view ending : {".png", ".svg", ".pdf"}) {
        if (value.size() > ending.size() && endsWith(value, ending))
            return std::string(value);
    }
    return wrong("does not end in .png, .svg or .pdf");
}

OptionValue<bool> parseTheme(std::string_view value)
{
    if (value != "light" && value != "dark")
        return wrong("is neither light nor dark");
    return value == "dark";
}

std::optional<std::string> misusedScale(std::string_view picture, const PictureLook &look)
{
    if (look.scale && !endsWith(picture, ".png"))
        return "--scale is for a .png alone: the others have no pixels";
    return std::nullopt;
}

} // namespace loopscope
