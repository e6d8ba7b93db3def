#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace loopscope::chrome {

/// Numbers groups of three tokens in the order of their first appearance, within one window: no token is copied, and to forget all costs no
/// more than there are slots.
class TokenTable {
public:
    using Key = std::array<std::string_view, 3>;

    /// The number of a key, which is added if it is new.
    [[nodiscard]] std::uint32_t intern(const Key &key);
    /// In the order of their numbers.
    [[nodiscard]] const std::vector<Key> &keys() const { return keys_; }
    void clear();

private:
    void grow();

    std::vector<Key> keys_;
    std::vector<std::uint32_t> hashes_; // of the keys
    std::vector<std::uint32_t> slots_;  // numbers + 1; 0 is free. A power of two
};

} // namespace loopscope::chrome
