#include "core/formats/chrome/decimal_time.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace loopscope::chrome {

namespace {

constexpr std::ptrdiff_t nanosecondDecimals = 3; // of a microsecond
constexpr std::ptrdiff_t fractionDecimals = 9;   // of a nanosecond
constexpr std::uint32_t fractionScale = 1'000'000'000;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// The parts of a number in JSON: digits before and after the point, and where the exponent moves the point.
struct Number {
    bool isNegative = false;
    std::string_view whole;
    std::string_view decimals;
    std::ptrdiff_t exponent = 0;
};

std::string_view takeDigits(std::string_view &text)
{
    const auto end = std::ranges::find_if_not(text, isDigit);
    const std::string_view digits = text.substr(0, static_cast<std::size_t>(end - text.begin()));
    text.remove_prefix(digits.size());
    return digits;
}

bool takeOne(std::string_view &text, char wanted)
{
    if (!text.starts_with(wanted))
        return false;
    text.remove_prefix(1);
    return true;
}

bool takeExponent(std::string_view &text, std::ptrdiff_t &exponent)
{
    constexpr std::ptrdiff_t farEnough = 1'000'000'000; // beyond any number of digits that a token has
    const bool isNegative = takeOne(text, '-');
    if (!isNegative)
        takeOne(text, '+');
    const std::string_view digits = takeDigits(text);
    for (const char digit : digits)
        exponent = std::min(farEnough, exponent * 10 + (digit - '0'));
    if (isNegative)
        exponent = -exponent;
    return !digits.empty();
}

bool split(std::string_view text, Number &number)
{
    number.isNegative = takeOne(text, '-');
    number.whole = takeDigits(text);
    if (number.whole.empty() || (number.whole.size() > 1 && number.whole.front() == '0'))
        return false;
    if (takeOne(text, '.')) {
        number.decimals = takeDigits(text);
        if (number.decimals.empty())
            return false;
    }
    if ((takeOne(text, 'e') || takeOne(text, 'E')) && !takeExponent(text, number.exponent))
        return false;
    return text.empty();
}

// The digit of a number that is worth 10^position microseconds.
std::uint32_t digitAt(const Number &number, std::ptrdiff_t position)
{
    const std::ptrdiff_t index = std::ssize(number.whole) - 1 - (position - number.exponent);
    if (index < 0 || index >= std::ssize(number.whole) + std::ssize(number.decimals))
        return 0;
    const auto i = static_cast<std::size_t>(index);
    const char digit = i < number.whole.size() ? number.whole[i] : number.decimals[i - number.whole.size()];
    return static_cast<std::uint32_t>(digit - '0');
}

bool isZero(const Number &number)
{
    const auto isZeroDigit = [](char c) { return c == '0'; };
    return std::ranges::all_of(number.whole, isZeroDigit) && std::ranges::all_of(number.decimals, isZeroDigit);
}

// That of the first digit that is not 0, of which there is one.
std::ptrdiff_t highestPosition(const Number &number)
{
    const auto leadingZeros = [](std::string_view digits) {
        return static_cast<std::ptrdiff_t>(std::min(digits.find_first_not_of('0'), digits.size()));
    };
    std::ptrdiff_t zeros = leadingZeros(number.whole);
    if (zeros == std::ssize(number.whole))
        zeros += leadingZeros(number.decimals);
    return std::ssize(number.whole) - 1 - zeros + number.exponent;
}

// 0 or more, or -1 if it is out of range; the number is not 0.
Nanoseconds wholeNanoseconds(const Number &number)
{
    constexpr std::ptrdiff_t mostDigits = 19;
    if (highestPosition(number) > mostDigits - nanosecondDecimals - 1)
        return -1;
    std::uint64_t nanoseconds = 0; // 19 digits fit
    for (std::ptrdiff_t position = mostDigits - nanosecondDecimals - 1; position >= -nanosecondDecimals; --position)
        nanoseconds = nanoseconds * 10 + digitAt(number, position);
    return nanoseconds <= static_cast<std::uint64_t>(furthestTime) ? static_cast<Nanoseconds>(nanoseconds) : -1;
}

TimeReading readAnyNumber(std::string_view token, ExactTime &time)
{
    Number number;
    if (!split(token, number))
        return TimeReading::NoNumber;
    time = {};
    if (isZero(number))
        return TimeReading::Good;
    time.whole = wholeNanoseconds(number);
    if (time.whole < 0)
        return TimeReading::OutOfRange;
    for (std::ptrdiff_t i = 1; i <= fractionDecimals; ++i)
        time.fraction = time.fraction * 10 + digitAt(number, -nanosecondDecimals - i);
    if (!number.isNegative)
        return TimeReading::Good;
    time.whole = -time.whole;
    if (time.fraction > 0) {
        --time.whole;
        time.fraction = fractionScale - time.fraction;
    }
    return TimeReading::Good;
}

} // namespace

TimeReading readMicroseconds(std::string_view token, ExactTime &time)
{
    // Nearly all have up to 15 digits and then up to three decimals: read without looking twice.
    constexpr std::array<Nanoseconds, 4> scales = {1000, 100, 10, 1};
    constexpr std::size_t mostDigits = 15;
    Nanoseconds value = 0;
    std::size_t at = 0;
    while (at < token.size() && at < mostDigits && isDigit(token[at]))
        value = value * 10 + (token[at++] - '0');
    const bool isPlain = at > 0 && (at == 1 || token[0] != '0');
    std::size_t decimals = 0;
    if (isPlain && at + 1 < token.size() && token[at] == '.') {
        ++at;
        while (at < token.size() && decimals < scales.size() - 1 && isDigit(token[at])) {
            value = value * 10 + (token[at++] - '0');
            ++decimals;
        }
    }
    if (!isPlain || at != token.size())
        return readAnyNumber(token, time);
    time = {value * scales[decimals], 0};
    return TimeReading::Good;
}

} // namespace loopscope::chrome
