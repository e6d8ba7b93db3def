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

std::uint64_t mixed(std::uint64_t hash, std::string_view token)
{
    constexpr std::size_t wordSize = sizeof(std::uint64_t);
    hash = mixed(hash, std::uint64_t{token.size()});
    const char *at = token.data();
    std::size_t left = token.size();
    for (; left >= wordSize; left -= wordSize, at += wordSize) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, wordSize);
        hash = mixed(hash, word);
    }
    if (left > 0) {
        std::uint64_t word = 0;
        std::memcpy(&word, at, left);
        hash = mixed(hash, word);
    }
    return hash;
}

} // namespace

std::uint32_t TokenTable::intern(const Key &key)
{
    if (keys_.size() * 2 >= slots_.size())
        grow();
    std::uint64_t full = 0;
    for (const std::string_view token : key)
        full = mixed(full, token);
    const auto hash = static_cast<std::uint32_t>(full);
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
