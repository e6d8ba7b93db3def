#include "core/formats/chrome/document_walk.h"

#include "core/formats/chrome/json_string.h"
#include "core/formats/json_blanks.h"

#include <string_view>
#include <utility>

namespace loopscope::chrome {

namespace {

bool isWhiteSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

} // namespace

DocumentWalk DocumentWalk::amongEvents()
{
    DocumentWalk walk;
    walk.place_ = Place::List;
    return walk;
}

DocumentWalk::Next DocumentWalk::take(char c, std::uint64_t at)
{
    switch (place_) {
    case Place::List:
    case Place::InListBareValue:
        return takeInList(c, at);
    case Place::Value:
        return takeValueBegin(c);
    case Place::Begin:
        takeFirst(c, at);
        break;
    case Place::Key:
        takeKeyBegin(c, at);
        break;
    case Place::InKey:
        if (takeInText(c)) {
            key_ = withoutEscapes(std::exchange(text_, {}));
            place_ = Place::Colon;
        }
        break;
    case Place::Colon:
        if (c == ':')
            place_ = Place::Value;
        else if (!isWhiteSpace(c))
            ignoreRest(at);
        break;
    case Place::InText:
        if (takeInText(c))
            endValue();
        break;
    case Place::InBareValue:
        if (c == ',' || c == '}')
            place_ = c == ',' ? Place::Key : Place::End;
        break;
    case Place::InListText:
        if (takeInText(c))
            place_ = Place::List;
        break;
    case Place::End:
        if (!isWhiteSpace(c))
            ignoreRest(at);
        break;
    case Place::Ignored:
        break;
    }
    return Next::Character;
}

void DocumentWalk::takeFirst(char c, std::uint64_t at)
{
    if (isWhiteSpace(c) || (at < byteOrderMark.size() && c == byteOrderMark[at]))
        return;
    facts_.isJson = c == '[' || c == '{';
    if (!facts_.isJson)
        return ignoreRest(at);
    isArray_ = c == '[';
    facts_.hasEventList = isArray_;
    place_ = isArray_ ? Place::List : Place::Key;
}

void DocumentWalk::takeKeyBegin(char c, std::uint64_t at)
{
    if (isWhiteSpace(c) || c == ',')
        return;
    if (c == '"')
        beginText(Place::InKey);
    else if (c == '}')
        place_ = Place::End;
    else
        ignoreRest(at);
}

DocumentWalk::Next DocumentWalk::takeValueBegin(char c)
{
    if (isWhiteSpace(c))
        return Next::Character;
    if (c == '"') {
        beginText(Place::InText);
    } else if (c == '[' && key_ == "traceEvents") {
        facts_.hasEventList = true;
        isAfterComma_ = false;
        place_ = Place::List;
    } else if (c == '[' || c == '{') {
        place_ = Place::Key;
        return Next::ValueBegins;
    } else {
        place_ = Place::InBareValue;
    }
    return Next::Character;
}

DocumentWalk::Next DocumentWalk::takeInList(char c, std::uint64_t at)
{
    if (c == '{' || c == '[') {
        place_ = Place::List;
        isAfterComma_ = false;
        return Next::EventBegins;
    }
    if (c == ',') {
        place_ = Place::List;
        isAfterComma_ = true;
        commaAt_ = at;
    } else if (c == ']') {
        endList();
    } else if (isWhiteSpace(c)) {
        place_ = Place::List;
    } else if (place_ == Place::List) {
        problems_.add(Problem::NoObject, at);
        isAfterComma_ = false;
        place_ = Place::InListBareValue;
        if (c == '"')
            beginText(Place::InListText);
    }
    return Next::Character;
}

// Whether the string ends with this character.
bool DocumentWalk::takeInText(char c)
{
    constexpr std::size_t mostKept = 128; // of keys and values that mean something, each character of which may be an escape
    if (!isEscaped_ && c == '"')
        return true;
    isEscaped_ = !isEscaped_ && c == '\\';
    if (text_.size() < mostKept)
        text_ += c;
    return false;
}

void DocumentWalk::beginText(Place place)
{
    text_.clear();
    isEscaped_ = false;
    place_ = place;
}

void DocumentWalk::endValue()
{
    if (key_ == "displayTimeUnit")
        facts_.displayTimeUnit = withoutEscapes(text_);
    place_ = Place::Key;
}

void DocumentWalk::endList()
{
    if (isAfterComma_)
        problems_.add(Problem::CommaAtEnd, commaAt_);
    place_ = isArray_ ? Place::End : Place::Key;
}

void DocumentWalk::ignoreRest(std::uint64_t at)
{
    problems_.add(Problem::RestIgnored, at);
    place_ = Place::Ignored;
}

void DocumentWalk::finish(std::uint64_t at)
{
    if (facts_.isJson && place_ != Place::End && place_ != Place::Ignored)
        problems_.add(Problem::NoListEnd, at);
}

} // namespace loopscope::chrome
