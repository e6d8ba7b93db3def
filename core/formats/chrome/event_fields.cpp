#include "core/formats/chrome/event_fields.h"

#include "core/formats/chrome/json_scan.h"
#include "core/formats/chrome/json_string.h"

namespace loopscope::chrome {

namespace {

bool endsBareValue(char c)
{
    return c == ',' || c == '}' || c == ']' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '"' || c == '{' || c == '['
           || c == ':';
}

// Where a key's value belongs; null if it means nothing here.
std::string_view *fieldOf(EventFields &fields, std::string_view key)
{
    switch (key.size()) {
    case 2:
        if (key == "ph")
            return &fields.phase;
        if (key == "ts")
            return &fields.at;
        if (key == "id")
            return &fields.id;
        return key == "bp" ? &fields.bindingPoint : nullptr;
    case 3:
        if (key == "pid")
            return &fields.process;
        if (key == "tid")
            return &fields.thread;
        if (key == "dur")
            return &fields.duration;
        if (key == "cat")
            return &fields.category;
        return key == "id2" ? &fields.id2 : nullptr;
    case 4:
        if (key == "name")
            return &fields.name;
        return key == "args" ? &fields.arguments : nullptr;
    case 5:
        if (key == "scope")
            return &fields.scope;
        return key == "cname" ? &fields.colour : nullptr;
    case 7:
        if (key == "bind_id")
            return &fields.bindId;
        return key == "flow_in" ? &fields.flowIn : nullptr;
    case 8:
        return key == "flow_out" ? &fields.flowOut : nullptr;
    default:
        return nullptr;
    }
}

} // namespace

MemberWalk::MemberWalk(std::string_view object)
    : at_(object.data())
    , end_(object.data() + object.size())
{
    if (object.starts_with('{'))
        ++at_;
    else
        at_ = end_;
}

bool MemberWalk::next()
{
    at_ = skipWhiteSpace(at_, end_);
    if (at_ < end_ && !isFirst_ && *at_ == ',')
        at_ = skipWhiteSpace(at_ + 1, end_);
    else if (at_ < end_ && !isFirst_ && *at_ != '}')
        return false;
    isFirst_ = false;
    if (at_ < end_ && *at_ == '}') { // behind a comma too: strict readers refuse it, and it loses nothing
        isWhole_ = at_ + 1 == end_;
        return false;
    }
    return readMember();
}

bool MemberWalk::readMember()
{
    if (at_ >= end_ || *at_ != '"')
        return false;
    const char *key = at_ + 1;
    at_ = findStringEnd(key, end_);
    key_ = {key, static_cast<std::size_t>(at_ - key)};
    at_ = at_ < end_ ? skipWhiteSpace(at_ + 1, end_) : end_;
    if (at_ >= end_ || *at_ != ':')
        return false;
    at_ = skipWhiteSpace(at_ + 1, end_);
    return at_ < end_ && readValue();
}

bool MemberWalk::readValue()
{
    const char *begin = at_;
    if (*begin == '"') {
        at_ = findStringEnd(begin + 1, end_);
        if (at_ == end_)
            return false;
        ++at_;
    } else if (*begin == '{' || *begin == '[') {
        NestingState nesting;
        at_ = findNestingEnd(begin, end_, nesting);
        if (nesting.depth != 0)
            return false;
    } else {
        while (at_ < end_ && !endsBareValue(*at_))
            ++at_;
    }
    value_ = {begin, static_cast<std::size_t>(at_ - begin)};
    return !value_.empty();
}

bool readEvent(std::string_view event, EventFields &fields)
{
    MemberWalk members(event);
    while (members.next()) {
        std::string_view *field = fieldOf(fields, members.key());
        if (!field && members.key().find('\\') != std::string_view::npos)
            field = fieldOf(fields, withoutEscapes(members.key()));
        if (field)
            *field = members.value();
    }
    return members.isWhole();
}

std::string_view memberOf(std::string_view object, std::string_view key)
{
    std::string_view found;
    MemberWalk members(object);
    while (members.next()) {
        if (says(members.key(), key))
            found = members.value();
    }
    return found;
}

} // namespace loopscope::chrome
