#include "core/formats/json_output.h"

#include "core/text/utf8.h"

#include <charconv>
#include <ostream>

namespace loopscope {

void BufferedOutput::Flush()
{
    out_.write(buffer_.data(), static_cast<std::streamsize>(used_));
    used_ = 0;
}

std::string validText(std::string_view bytes)
{
    std::string text;
    while (!bytes.empty()) {
        const std::size_t valid = validUtf8Prefix(bytes);
        text += bytes.substr(0, valid);
        bytes.remove_prefix(valid);
        if (bytes.empty())
            break;
        text += escapedByte(bytes.front());
        bytes.remove_prefix(1);
    }
    return text;
}

void JsonOutput::text(std::string_view bytes)
{
    // RapidJSON's writer stops at bytes that are no UTF-8.
    if (validUtf8Prefix(bytes) == bytes.size()) {
        json_.String(bytes.data(), static_cast<rapidjson::SizeType>(bytes.size()));
        return;
    }
    const std::string valid = validText(bytes);
    json_.String(valid.data(), static_cast<rapidjson::SizeType>(valid.size()));
}

void JsonOutput::exactText(std::string_view bytes)
{
    if (validUtf8Prefix(bytes) == bytes.size())
        return text(bytes);
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    hex.reserve(2 * bytes.size());
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        hex += digits[value >> 4U];
        hex += digits[value & 0xFU];
    }
    beginObject();
    text("hex", hex);
    endObject();
}

void JsonOutput::microseconds(std::string_view name, Nanoseconds time)
{
    constexpr Nanoseconds one = nanosecondsPerMicrosecond;
    std::array<char, 32> digits{};
    char *end = digits.data();
    if (time < 0)
        *end++ = '-';
    const auto length = time < 0 ? 0 - static_cast<std::uint64_t>(time) : static_cast<std::uint64_t>(time);
    end = std::to_chars(end, digits.data() + digits.size(), length / one).ptr;
    const std::uint64_t decimals = length % one;
    *end++ = '.';
    for (const std::uint64_t place : {100, 10, 1})
        *end++ = static_cast<char>('0' + decimals / place % 10);
    key(name);
    json_.RawValue(digits.data(), static_cast<std::size_t>(end - digits.data()), rapidjson::kNumberType);
}

} // namespace loopscope
