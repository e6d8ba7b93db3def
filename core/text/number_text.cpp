#include "core/text/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <span>

namespace loopscope {

namespace {

std::string fixedText(double value, int decimals)
{
    std::array<char, 400> digits{};
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, decimals);
    return error == std::errc{} ? std::string(digits.data(), end) : std::string();
}

std::string scaledText(double value, std::span<const char *const> units)
{
    std::size_t unit = 0;
    for (; value >= 999.5 && unit + 1 < units.size(); ++unit)
        value /= 1000;
    const bool isWhole = unit == 0 || value >= 99.95;
    return fixedText(value, isWhole ? 0 : value < 9.995 ? 2 : 1) + ' ' + units[unit];
}

} // namespace

std::string durationText(std::int64_t nanoseconds)
{
    constexpr std::array units = {"ns", "us", "ms", "s"};
    return scaledText(static_cast<double>(nanoseconds), units);
}

std::string bytesText(double bytes)
{
    constexpr std::array units = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};
    return scaledText(bytes, units);
}

std::string shareText(std::int64_t part, std::int64_t whole)
{
    const double percent = whole > 0 ? 100 * static_cast<double>(part) / static_cast<double>(whole) : 0;
    if (percent > 99 && percent < 100)
        return "99 %"; // what is merely near all does not read as all
    if (percent > 0 && percent < 0.05)
        return "<0.1 %";
    return fixedText(percent, percent > 0 && percent < 9.95 ? 1 : 0) + " %";
}

std::string countText(std::uint64_t count, const char *noun, const NumberStyle &numbers)
{
    return numbers.count(count) + ' ' + noun + (count == 1 ? "" : "s");
}

} // namespace loopscope
