#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace loopscope {

/// Cuts a JSON object of any length into the values of its members, and the member "traceEvents", if it is an array, into its elements: one
/// at a time, so that memory does not grow with the document. Knows brackets and strings, not what is between them: that is for the parser
/// that gets the values.
class JsonMembers {
public:
    /// Puts at most so many bytes at that place, and returns how many; 0 at the end.
    using Read = std::function<std::size_t(char *to, std::size_t most)>;

    /// How many bytes behind a value may be read, as simdjson does.
    static constexpr std::size_t padding = 64;
    /// No value has more bytes: there a document ends as if it were cut off.
    static constexpr std::size_t largestValue = std::size_t(64) << 20U;

    explicit JsonMembers(Read read)
        : read_(std::move(read))
    {
    }

    struct Member {
        std::string_view key;   ///< without escapes; of an element "traceEvents"
        std::string_view value; ///< valid until the next one, with `padding` readable bytes behind it
        std::uint64_t at = 0;   ///< where in the document the value begins, in bytes
        bool isElement = false; ///< of traceEvents
    };
    /// False when there are no more: at the end, or where the document is cut off or is none.
    [[nodiscard]] bool next(Member &member);
    /// After the last member: whether the object was closed.
    [[nodiscard]] bool isWhole() const { return place_ == Place::End; }
    /// Where in the document there is a comma behind the last event, in bytes, if there is one.
    [[nodiscard]] std::optional<std::uint64_t> commaAtEnd() const { return commaAtEnd_; }
    /// Steps over some of what is behind the object, when it isWhole(). False when there is no more.
    [[nodiscard]] bool skipBehind();
    /// Where the first thing behind the object is that is no white space, as far as was stepped over, in bytes, if there is one.
    [[nodiscard]] std::optional<std::uint64_t> behind() const { return behind_; }
    /// How far it has read, in bytes.
    [[nodiscard]] std::uint64_t position() const { return before_ + at_; }

private:
    enum class Place { Start, Members, Elements, End, Broken };

    bool nextMember(Member &member);
    bool nextElement(Member &member);
    bool takeValue(Member &member);
    /// The first byte that is no white space and no comma; 0 if there is none. The last comma on the way there is at lastComma_.
    char skipBlanks();
    bool readMore();
    [[nodiscard]] std::size_t valueEnd();

    Read read_;
    std::string buffer_; // what was read and not passed on, then the padding
    std::size_t filled_ = 0;
    std::size_t at_ = 0;
    std::uint64_t before_ = 0; // bytes of the document in front of the buffer
    std::string key_;
    std::optional<std::uint64_t> lastComma_;
    std::optional<std::uint64_t> commaAtEnd_;
    std::optional<std::uint64_t> behind_;
    Place place_ = Place::Start;
};

} // namespace loopscope
