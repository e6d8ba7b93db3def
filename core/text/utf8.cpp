#include "core/text/utf8.h"

#include <algorithm>

#include <simdjson.h>

namespace loopscope {

namespace {

constexpr unsigned char byteAt(std::string_view bytes, std::size_t i)
{
    return static_cast<unsigned char>(bytes[i]);
}

// What the lead byte says of its character: how long it is, and what its second byte may be (the table 3-7 of the Unicode standard).
struct Lead {
    std::size_t length = 0; // 0: no lead byte
    unsigned char secondMin = 0x80;
    unsigned char secondMax = 0xBF;
};

constexpr Lead leadOf(unsigned char byte)
{
    if (byte < 0x80)
        return {1};
    if (byte < 0xC2)
        return {};
    if (byte < 0xE0)
        return {2};
    if (byte < 0xF0)
        return {3, static_cast<unsigned char>(byte == 0xE0 ? 0xA0 : 0x80), static_cast<unsigned char>(byte == 0xED ? 0x9F : 0xBF)};
    if (byte < 0xF5)
        return {4, static_cast<unsigned char>(byte == 0xF0 ? 0x90 : 0x80), static_cast<unsigned char>(byte == 0xF4 ? 0x8F : 0xBF)};
    return {};
}

// How many of the last bytes may be the beginning of a character that the next chunk goes on with.
std::size_t cutOffAtEnd(std::string_view chunk)
{
    for (std::size_t back = 1; back <= std::min<std::size_t>(3, chunk.size()); ++back) {
        const unsigned char byte = byteAt(chunk, chunk.size() - back);
        if (byte >= 0xC0)
            return leadOf(byte).length > back ? back : 0;
        if (byte < 0x80)
            return 0;
    }
    return 0;
}

} // namespace

Utf8Character firstUtf8Character(std::string_view bytes)
{
    if (bytes.empty())
        return {};
    const unsigned char first = byteAt(bytes, 0);
    const Lead lead = leadOf(first);
    if (lead.length <= 1)
        return {first, lead.length};
    if (bytes.size() < lead.length)
        return {};
    const unsigned char second = byteAt(bytes, 1);
    if (second < lead.secondMin || second > lead.secondMax)
        return {};
    char32_t codePoint = first & (0x7FU >> lead.length);
    for (std::size_t i = 1; i < lead.length; ++i) {
        const unsigned char byte = byteAt(bytes, i);
        if ((byte & 0xC0U) != 0x80U)
            return {};
        codePoint = (codePoint << 6U) | (byte & 0x3FU);
    }
    return {codePoint, lead.length};
}

std::string escapedByte(char byte)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto value = static_cast<unsigned char>(byte);
    return {'\\', 'x', digits[value >> 4U], digits[value & 0xFU]};
}

std::size_t validUtf8Prefix(std::string_view bytes)
{
    std::size_t at = 0;
    while (at < bytes.size()) {
        const std::size_t length = firstUtf8Character(bytes.substr(at)).length;
        if (length == 0)
            break;
        at += length;
    }
    return at;
}

void Utf8Check::feed(std::string_view chunk)
{
    if (firstInvalid_)
        return;
    if (carriedLength_ > 0)
        chunk = completeCarried(chunk);
    if (firstInvalid_ || chunk.empty())
        return;

    const std::size_t cut = cutOffAtEnd(chunk);
    const std::string_view whole = chunk.substr(0, chunk.size() - cut);
    if (!simdjson::validate_utf8(whole.data(), whole.size())) {
        firstInvalid_ = checked_ + validUtf8Prefix(whole);
        return;
    }
    checked_ += whole.size();
    carriedLength_ = chunk.copy(carried_.data(), cut, whole.size());
}

void Utf8Check::feedAscii(std::size_t length)
{
    if (length > 0 && carriedLength_ > 0)
        finish();
    checked_ += length;
}

void Utf8Check::finish()
{
    if (!firstInvalid_ && carriedLength_ > 0)
        firstInvalid_ = checked_;
}

// Takes what the carried character lacks from the chunk, and returns the rest of the chunk.
std::string_view Utf8Check::completeCarried(std::string_view chunk)
{
    const std::size_t length = leadOf(static_cast<unsigned char>(carried_[0])).length;
    const std::size_t taken = std::min(length - carriedLength_, chunk.size());
    chunk.copy(carried_.data() + carriedLength_, taken);
    carriedLength_ += taken;
    if (carriedLength_ < length)
        return {};
    carriedLength_ = 0;
    if (firstUtf8Character({carried_.data(), length}).length == 0)
        firstInvalid_ = checked_;
    checked_ += length;
    return chunk.substr(taken);
}

} // namespace loopscope
