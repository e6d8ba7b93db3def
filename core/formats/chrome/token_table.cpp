#include "core/formats/chrome/token_table.h"

#include <algorithm>
#include <cstring>

namespace loopscope::chrome {

namespace {

constexpr std::size_t firstSlots = 256;

std::uint64_t mixed(std::uint64_t hash, std::uint64_t word)
{
    constexpr std::uint64_t factor = 0x9E3779B97F4A7C15; // the odd constant of Fibonacci hashing (Knuth, TAOCP 3, 6.4)
    hash = (hash ^ word) * factor;
    return hash ^ hash >> 32U;
}

template <typename Word>
std::uint64_t wordAt(const char *at)
{
    Word word = 0;
    std::memcpy(&word, at, sizeof(word));
    return word;
}

std::uint64_t mixed(std::uint64_t hash, std::string_view token)
{
    const char *at = token.data();
    std::size_t left = token.size();
    for (; left >= sizeof(std::uint64_t); left -= sizeof(std::uint64_t), at += sizeof(std::uint64_t))
        hash = mixed(hash, wordAt<std::uint64_t>(at));
    if (left >= sizeof(std::uint32_t)) // two words, which may overlap, are all of the rest
        return mixed(hash, wordAt<std::uint32_t>(at) | wordAt<std::uint32_t>(at + left - sizeof(std::uint32_t)) << 32U);
    if (left > 0) // likewise the first, the middle and the last byte
        return mixed(hash,
                     wordAt<std::uint8_t>(at) | wordAt<std::uint8_t>(at + left / 2) << 8U | wordAt<std::uint8_t>(at + left - 1) << 16U);
    return hash;
}

std::uint32_t hashOf(const TokenTable::Key &key)
{
    std::uint64_t hash = mixed(key[0].size() << 40U | key[1].size() << 20U, std::uint64_t{key[2].size()});
    for (const std::string_view token : key)
        hash = mixed(hash, token);
    return static_cast<std::uint32_t>(hash);
}

} // namespace

std::uint32_t TokenTable::intern(const Key &key)
{
    if (keys_.size() * 2 >= slots_.size())
        grow();
    const std::uint32_t hash = hashOf(key);
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash & mask;
    for (; slots_[slot] != 0; slot = (slot + 1) & mask) {
        const std::uint32_t number = slots_[slot] - 1;
        if (hashes_[number] == hash && keys_[number] == key)
            return number;
    }
    keys_.push_back(key);
    hashes_.push_back(hash);
    slots_[slot] = static_cast<std::uint32_t>(keys_.size());
    return slots_[slot] - 1;
}

void TokenTable::grow()
{
    slots_.assign(std::max(firstSlots, slots_.size() * 2), 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::uint32_t number = 0; number < keys_.size(); ++number) {
        std::size_t slot = hashes_[number] & mask;
        while (slots_[slot] != 0)
            slot = (slot + 1) & mask;
        slots_[slot] = number + 1;
    }
}

void TokenTable::clear()
{
    keys_.clear();
    hashes_.clear();
    std::ranges::fill(slots_, 0);
}

} // namespace loopscope::chrome
