#include "core/formats/json_members.h"

#include "core/formats/chrome/json_string.h"

#include <algorithm>
#include <cstring>

namespace loopscope {

namespace {

constexpr std::size_t chunk = std::size_t(1) << 18U;

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == ',';
}

/// Finds the end of a value, wherever it is cut: feed it byte by byte.
class ValueScan {
public:
    /// Whether the value ended before this byte, or with it.
    enum class Step { Within, EndsBefore, EndsWith };

    Step take(char c)
    {
        if (isInString_) {
            if (isEscaped_)
                isEscaped_ = false;
            else if (c == '\\')
                isEscaped_ = true;
            else if (c == '"')
                isInString_ = false;
            return !isInString_ && depth_ == 0 ? Step::EndsWith : Step::Within;
        }
        switch (c) {
        case '"':
            isInString_ = true;
            return Step::Within;
        case '{':
        case '[':
            ++depth_;
            return Step::Within;
        case '}':
        case ']':
            if (depth_ == 0)
                return Step::EndsBefore;
            return --depth_ == 0 ? Step::EndsWith : Step::Within;
        default:
            return depth_ == 0 && isBlank(c) ? Step::EndsBefore : Step::Within;
        }
    }

private:
    std::size_t depth_ = 0;
    bool isInString_ = false;
    bool isEscaped_ = false;
};

} // namespace

bool JsonMembers::next(Member &member)
{
    if (place_ == Place::Start) {
        place_ = skipBlanks() == '{' ? Place::Members : Place::Broken;
        ++at_;
    }
    bool isFound = false;
    while (!isFound && (place_ == Place::Members || place_ == Place::Elements))
        isFound = place_ == Place::Members ? nextMember(member) : nextElement(member);
    return isFound;
}

bool JsonMembers::nextMember(Member &member)
{
    const char first = skipBlanks();
    if (first == '}') {
        ++at_;
        place_ = Place::End;
        return false;
    }
    if (first != '"' || !takeValue(member)) {
        place_ = Place::Broken;
        return false;
    }
    key_ = chrome::withoutEscapes(chrome::contentOf(member.value));
    if (skipBlanks() != ':') {
        place_ = Place::Broken;
        return false;
    }
    ++at_;
    if (skipBlanks() == '[' && key_ == "traceEvents") {
        ++at_;
        place_ = Place::Elements;
        return false;
    }
    if (!takeValue(member)) {
        place_ = Place::Broken;
        return false;
    }
    member.isElement = false;
    return true;
}

bool JsonMembers::nextElement(Member &member)
{
    if (skipBlanks() == ']') {
        commaAtEnd_ = lastComma_;
        ++at_;
        place_ = Place::Members;
        return false;
    }
    if (!takeValue(member)) {
        place_ = Place::Broken;
        return false;
    }
    member.isElement = true;
    return true;
}

bool JsonMembers::skipBehind()
{
    for (; at_ < filled_ && !behind_; ++at_) {
        if (!isBlank(buffer_[at_]) || buffer_[at_] == ',')
            behind_ = before_ + at_;
    }
    at_ = filled_;
    return readMore();
}

bool JsonMembers::takeValue(Member &member)
{
    const std::size_t end = valueEnd();
    if (end == 0)
        return false;
    member.key = key_;
    member.value = std::string_view(buffer_).substr(at_, end - at_);
    member.at = before_ + at_;
    at_ = end;
    return true;
}

std::size_t JsonMembers::valueEnd()
{
    ValueScan scan;
    for (std::size_t scanned = 0;; ++scanned) {
        if (at_ + scanned == filled_ && (scanned > largestValue || !readMore()))
            return 0;
        switch (scan.take(buffer_[at_ + scanned])) {
        case ValueScan::Step::Within:
            break;
        case ValueScan::Step::EndsBefore:
            return scanned == 0 ? 0 : at_ + scanned;
        case ValueScan::Step::EndsWith:
            return at_ + scanned + 1;
        }
    }
}

char JsonMembers::skipBlanks()
{
    lastComma_.reset();
    while (at_ < filled_ || readMore()) {
        if (!isBlank(buffer_[at_]))
            return buffer_[at_];
        if (buffer_[at_] == ',')
            lastComma_ = before_ + at_;
        ++at_;
    }
    return 0;
}

bool JsonMembers::readMore()
{
    std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
    before_ += at_;
    filled_ -= at_;
    at_ = 0;
    buffer_.resize(std::max(buffer_.size(), filled_ + std::max(chunk, filled_) + padding)); // twice as much: a long value is moved seldom
    const std::size_t read = read_(buffer_.data() + filled_, buffer_.size() - padding - filled_);
    filled_ += read;
    return read > 0;
}

} // namespace loopscope
