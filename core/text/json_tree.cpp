#include "core/text/json_tree.h"

#include <rapidjson/reader.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include <utility>

namespace loopscope {

namespace {

constexpr std::size_t mostNodes = 20'000;
constexpr std::size_t deepest = 200;

// Follows the parser, which works without recursion, and tells of brackets before it takes them from `stream`.
class TreeBuilder {
public:
    TreeBuilder(std::vector<JsonNode> &nodes, const rapidjson::MemoryStream &stream)
        : nodes_(nodes)
        , stream_(stream)
    {
    }

    [[nodiscard]] bool hasLeftOut() const { return hasLeftOut_; }

    bool Null() { return add(JsonNode::Kind::Literal, "null"); }
    bool Bool(bool value) { return add(JsonNode::Kind::Literal, value ? "true" : "false"); }
    bool RawNumber(const char *digits, rapidjson::SizeType length, bool /*copy*/)
    {
        return add(JsonNode::Kind::Number, std::string(digits, length));
    }
    bool String(const char *characters, rapidjson::SizeType length, bool /*copy*/)
    {
        return add(JsonNode::Kind::Text, std::string(characters, length));
    }
    bool Key(const char *characters, rapidjson::SizeType length, bool /*copy*/)
    {
        key_.assign(characters, length);
        return true;
    }
    bool StartObject() { return enter(JsonNode::Kind::Object); }
    bool EndObject(rapidjson::SizeType /*members*/) { return leave(); }
    bool StartArray() { return enter(JsonNode::Kind::Array); }
    bool EndArray(rapidjson::SizeType /*elements*/) { return leave(); }

    // Numbers come as they are written, so these are never called.
    bool Int(int /*value*/) { return false; }
    bool Uint(unsigned /*value*/) { return false; }
    bool Int64(std::int64_t /*value*/) { return false; }
    bool Uint64(std::uint64_t /*value*/) { return false; }
    bool Double(double /*value*/) { return false; }

    /// What is still open ends with the text.
    void closeAll(std::size_t end)
    {
        for (const std::uint32_t open : open_)
            nodes_[open].end = end;
    }

private:
    bool add(JsonNode::Kind kind, std::string value)
    {
        if (skipped_ > 0)
            return true;
        if (nodes_.size() == mostNodes) {
            hasLeftOut_ = true;
            return false;
        }
        const auto number = static_cast<std::uint32_t>(nodes_.size());
        JsonNode &node = nodes_.emplace_back();
        node.kind = kind;
        node.value = std::move(value);
        if (!open_.empty()) {
            JsonNode &parent = nodes_[open_.back()];
            node.parent = open_.back();
            node.row = static_cast<std::uint32_t>(parent.children.size());
            node.key = parent.kind == JsonNode::Kind::Object ? std::exchange(key_, {}) : std::string();
            parent.children.push_back(number);
        }
        return true;
    }

    bool enter(JsonNode::Kind kind)
    {
        if (skipped_ > 0 || open_.size() == deepest) {
            ++skipped_;
            hasLeftOut_ = true;
            return true;
        }
        if (!add(kind, {}))
            return false;
        nodes_.back().begin = stream_.Tell();
        open_.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
        return true;
    }

    bool leave()
    {
        if (skipped_ > 0) {
            --skipped_;
            return true;
        }
        nodes_[open_.back()].end = stream_.Tell() + 1;
        open_.pop_back();
        return true;
    }

    std::vector<JsonNode> &nodes_;
    const rapidjson::MemoryStream &stream_;
    std::vector<std::uint32_t> open_;
    std::string key_;
    std::size_t skipped_ = 0; // levels that are too deep
    bool hasLeftOut_ = false;
};

} // namespace

JsonTree::JsonTree(std::string text)
    : text_(std::move(text))
{
    if (text_.empty())
        return;
    // On the heap, not on the stack, for a stranger decides how deep it is.
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseNanAndInfFlag
                               | rapidjson::kParseTrailingCommasFlag;
    rapidjson::MemoryStream stream(text_.data(), text_.size());
    rapidjson::EncodedInputStream<rapidjson::UTF8<>, rapidjson::MemoryStream> input(stream);
    TreeBuilder builder(nodes_, stream);
    rapidjson::Reader reader;
    isWhole_ = !reader.Parse<flags>(input, builder).IsError() && !builder.hasLeftOut();
    builder.closeAll(text_.size());
}

std::string JsonTree::jsonOf(std::size_t node) const
{
    const JsonNode &of = nodes_[node];
    if (of.isContainer())
        return text_.substr(of.begin, of.end - of.begin);
    if (of.kind != JsonNode::Kind::Text)
        return of.value;
    rapidjson::StringBuffer buffer;
    rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
    writer.String(of.value.data(), static_cast<rapidjson::SizeType>(of.value.size()));
    return {buffer.GetString(), buffer.GetSize()};
}

} // namespace loopscope
