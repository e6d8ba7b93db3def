#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// One value of a JSON text.
struct JsonNode {
    enum class Kind : std::uint8_t { Object, Array, Text, Number, Literal };

    std::string key;   ///< its name in an object; empty in an array
    std::string value; ///< a text without quotes, or a number or literal as it is written; empty for objects and arrays
    Kind kind = Kind::Literal;
    std::uint32_t parent = 0; ///< its number; of the root 0
    std::uint32_t row = 0;    ///< which child of its parent it is
    std::vector<std::uint32_t> children;
    std::size_t begin = 0; ///< of an object or array: where it is in the text
    std::size_t end = 0;

    [[nodiscard]] bool isContainer() const { return kind == Kind::Object || kind == Kind::Array; }
};

/// A JSON text from a stranger as a tree, however deep or large: what lies deeper than 200 levels, or behind 20,000 values, is not in the
/// tree, and neither is what follows after an error. Numbers are kept as they are written.
class JsonTree {
public:
    JsonTree() = default;
    explicit JsonTree(std::string text);

    /// Empty for an empty text. Number 0 is the root; every other stands after its parent.
    [[nodiscard]] const std::vector<JsonNode> &nodes() const { return nodes_; }
    [[nodiscard]] const std::string &text() const { return text_; }
    /// Whether all of the text is in the tree.
    [[nodiscard]] bool isWhole() const { return isWhole_; }
    /// A value as JSON text.
    [[nodiscard]] std::string jsonOf(std::size_t node) const;

private:
    std::string text_;
    std::vector<JsonNode> nodes_;
    bool isWhole_ = true;
};

} // namespace loopscope
