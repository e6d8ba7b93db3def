#include "app/option_values.h"

#include <array>
#include <charconv>
#include <optional>

namespace loopscope {

namespace {

template <typename T>
std::optional<T> wholeText(std::string_view text)
{
    T value{};
    const char *const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end)
        return std::nullopt;
    return value;
}

std::string shortNumber(double number)
{
    std::array<char, 32> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return error == std::errc{} ? std::string(digits.data(), end) : std::string();
}

} // namespace

OptionValue<int> parseWholeNumber(std::string_view text, int least, int most)
{
    const auto value = wholeText<int>(text);
    if (value && *value >= least && *value <= most)
        return *value;
    return tl::unexpected("is no whole number from " + std::to_string(least) + " to " + std::to_string(most));
}

OptionValue<double> parseNumber(std::string_view text, double least, double most)
{
    const auto value = wholeText<double>(text);
    if (value && *value >= least && *value <= most) // false for NaN
        return *value;
    return tl::unexpected("is no number from " + shortNumber(least) + " to " + shortNumber(most));
}

OptionValue<PixelSize> parsePixelSize(std::string_view text, int most)
{
    const std::size_t cross = text.find('x');
    if (cross != std::string_view::npos) {
        const auto width = parseWholeNumber(text.substr(0, cross), 1, most);
        const auto height = parseWholeNumber(text.substr(cross + 1), 1, most);
        if (width && height)
            return PixelSize{*width, *height};
    }
    return tl::unexpected("is no size such as 1600x900, each side from 1 to " + std::to_string(most));
}

} // namespace loopscope
