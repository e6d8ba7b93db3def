#include "core/formats/json_fields.h"

#include "core/formats/json_blanks.h"

#include <charconv>
#include <cmath>

namespace loopscope {

namespace {

std::optional<unsigned> digitOf(char c)
{
    if (c >= '0' && c <= '9')
        return static_cast<unsigned>(c - '0');
    if (c >= 'A' && c <= 'F')
        return static_cast<unsigned>(c - 'A' + 10);
    return std::nullopt;
}

std::optional<std::string> bytesOfHex(std::string_view hex)
{
    if (hex.size() % 2 != 0)
        return std::nullopt;
    std::string bytes;
    bytes.reserve(hex.size() / 2);
    for (std::size_t i = 0; i < hex.size(); i += 2) {
        const auto high = digitOf(hex[i]);
        const auto low = digitOf(hex[i + 1]);
        if (!high || !low)
            return std::nullopt;
        bytes += static_cast<char>(*high << 4U | *low);
    }
    return bytes;
}

std::optional<Nanoseconds> roundedTime(std::string_view token)
{
    constexpr double most = 9e15; // of which a double still knows every whole one
    double value = 0;
    const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), value);
    const double time = value * static_cast<double>(nanosecondsPerMicrosecond);
    if (error != std::errc{} || end != token.data() + token.size() || !(std::abs(time) <= most))
        return std::nullopt;
    return std::llround(time);
}

} // namespace

std::optional<std::string> exactTextOf(simdjson::simdjson_result<simdjson::ondemand::value> written)
{
    simdjson::ondemand::value value;
    if (written.get(value) != simdjson::SUCCESS)
        return std::nullopt;
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS)
        return std::string(text);
    JsonObject object;
    if (value.get(object) != simdjson::SUCCESS)
        return std::nullopt;
    const auto hex = textIn(object, "hex");
    return hex ? bytesOfHex(*hex) : std::nullopt;
}

void readExactTexts(JsonObject &object, std::string_view name, std::vector<std::string> &texts)
{
    simdjson::ondemand::array array;
    if (object[name].get(array) != simdjson::SUCCESS)
        return;
    for (auto value : array) {
        if (auto text = exactTextOf(value))
            texts.push_back(*std::move(text));
    }
}

std::optional<Nanoseconds> microsecondsIn(JsonObject &object, std::string_view name)
{
    simdjson::ondemand::value value;
    if (object[name].get(value) != simdjson::SUCCESS)
        return std::nullopt;
    const std::string_view token = withoutBlanksBehind(value.raw_json_token());
    const std::size_t point = token.find('.');
    const std::string_view decimals = point == std::string_view::npos ? std::string_view() : token.substr(point + 1);
    constexpr std::size_t mostDigits = 15;
    if (decimals.size() > 3 || token.size() > mostDigits + 4)
        return roundedTime(token);
    // As if it were a whole number of nanoseconds.
    std::string digits(token.substr(0, point));
    digits += decimals;
    digits.append(3 - decimals.size(), '0');
    Nanoseconds time = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), time);
    return error == std::errc{} && end == digits.data() + digits.size() ? std::optional(time) : roundedTime(token);
}

} // namespace loopscope
