#include "app/option_values.h"

#include "core/trace/span.h"

#include <array>
#include <charconv>
#include <cmath>
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

std::optional<Nanoseconds> timeOf(std::string_view text)
{
    struct Unit {
        std::string_view name;
        Nanoseconds length;
    };
    constexpr std::array units = {Unit{"ns", 1}, Unit{"us", nanosecondsPerMicrosecond}, Unit{"ms", nanosecondsPerMillisecond},
                                  Unit{"s", nanosecondsPerSecond}};
    Nanoseconds unit = nanosecondsPerMillisecond;
    for (const Unit &known : units) {
        if (text.ends_with(known.name)) {
            unit = known.length;
            text.remove_suffix(known.name.size());
            break;
        }
    }
    const auto value = wholeText<double>(text);
    const double time = value.value_or(-1) * static_cast<double>(unit);
    if (!(time >= 0 && time <= static_cast<double>(latestTime))) // false for NaN
        return std::nullopt;
    return std::llround(time);
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

OptionValue<TimeRange> parseTimeRange(std::string_view text)
{
    const std::size_t dots = text.find("..");
    if (dots != std::string_view::npos && text.size() > 2) {
        const auto begin = dots == 0 ? 0 : timeOf(text.substr(0, dots));
        const auto end = dots + 2 == text.size() ? latestTime : timeOf(text.substr(dots + 2));
        if (begin && end && *begin < *end)
            return TimeRange{*begin, *end};
    }
    return tl::unexpected(std::string("is no range of time such as 1.5s..2s"));
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
