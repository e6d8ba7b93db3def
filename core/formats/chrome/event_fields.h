#pragma once

#include <string_view>

namespace loopscope::chrome {

/// The members of an event that mean something, each as the file has it: strings with their quotes, the others bare. Empty if it is not
/// there; of a key that is there twice, the last one.
struct EventFields {
    std::string_view name;
    std::string_view category;
    std::string_view phase;
    std::string_view at;       ///< "ts"
    std::string_view duration; ///< "dur"
    std::string_view process;  ///< "pid"
    std::string_view thread;   ///< "tid"
    std::string_view id;
    std::string_view id2; ///< an object that says whether the id is local to the process
    std::string_view scope;
    std::string_view colour;       ///< "cname"
    std::string_view bindingPoint; ///< "bp"
    std::string_view arguments;    ///< "args"
    std::string_view bindId;       ///< of the arrows from and to a slice
    std::string_view flowIn;       ///< whether there are any to it
    std::string_view flowOut;      ///< and from it
};

/// Walks the members of an object of JSON, and does not look into their values. scanPadding bytes behind `object` must be readable.
class MemberWalk {
public:
    /// Of an object as findNestingEnd() found it; it is none if it does not begin with a brace.
    explicit MemberWalk(std::string_view object);

    /// Goes to the next member. False behind the last one, and where something is wrong.
    bool next();
    /// Of the member that next() went to: without its quotes, its escapes as they were.
    [[nodiscard]] std::string_view key() const { return key_; }
    /// Its value, as the file has it.
    [[nodiscard]] std::string_view value() const { return value_; }
    /// Whether it was an object that ended where it should.
    [[nodiscard]] bool isWhole() const { return isWhole_; }

private:
    bool readMember();
    bool readValue();

    const char *at_;
    const char *end_;
    std::string_view key_;
    std::string_view value_;
    bool isFirst_ = true;
    bool isWhole_ = false;
};

/// Reads an event; false if it is no object, or no JSON. (A value that is bare, such as NaN, is not looked into.)
[[nodiscard]] bool readEvent(std::string_view event, EventFields &fields);

/// The value of a key of an object, as the file has it; empty if it is not there or this is no object.
[[nodiscard]] std::string_view memberOf(std::string_view object, std::string_view key);

} // namespace loopscope::chrome
