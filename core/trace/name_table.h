#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

namespace loopscope {

/// The number of an interned name. 0 is the empty name.
using NameId = std::uint32_t;

/// Keeps each distinct name once, and numbers them in the order of their first appearance.
///
/// Names are UTF-8. Not thread-safe. Views and references stay valid as long as the table.
class NameTable {
public:
    NameTable();
    NameTable(const NameTable &) = delete;
    NameTable &operator=(const NameTable &) = delete;

    /// The number of `name`, which is added if it is new.
    NameId intern(std::string_view name);
    /// The name of a number that intern() returned.
    [[nodiscard]] const std::string &operator[](NameId id) const { return names_[id]; }
    [[nodiscard]] std::size_t size() const { return names_.size(); }
    /// Memory held, in bytes, roughly.
    [[nodiscard]] std::size_t byteSize() const { return bytes_; }

private:
    std::deque<std::string> names_; // a deque never moves its elements, so the views in ids_ stay valid
    std::unordered_map<std::string_view, NameId> ids_;
    std::size_t bytes_ = 0;
};

} // namespace loopscope
