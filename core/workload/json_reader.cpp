#include "core/workload/json_reader.h"

#include "core/text/display_text.h"
#include "core/workload/scenario_text.h"

#include <algorithm>
#include <cmath>

#include <rapidjson/error/en.h>

namespace loopscope {
namespace {

std::string placeOf(std::string_view json, std::size_t offset)
{
    const std::string_view before = json.substr(0, offset);
    const auto line = 1 + std::ranges::count(before, '\n');
    const std::size_t lineBegin = before.rfind('\n') + 1; // npos + 1 is 0: the first line
    return "line " + std::to_string(line) + ", column " + std::to_string(offset - lineBegin + 1);
}

std::string numbersAllowed(NumberRange range, bool isInteger)
{
    return (isInteger ? "an integer from " : "a number from ") + numberText(range.min) + " to " + numberText(range.max);
}

bool isLetterOrDigit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

} // namespace

tl::expected<rapidjson::Document, ScenarioError> parseJson(std::string_view json)
{
    if (const std::size_t nul = json.find('\0'); nul != std::string_view::npos)
        return tl::make_unexpected(ScenarioError{placeOf(json, nul), "a zero byte: this is no JSON in UTF-8"});
    // Iterative, for a stranger chooses the nesting.
    constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag | rapidjson::kParseFullPrecisionFlag;
    rapidjson::Document document;
    document.Parse<flags>(json.data(), json.size());
    if (document.HasParseError())
        return tl::make_unexpected(
            ScenarioError{placeOf(json, document.GetErrorOffset()), rapidjson::GetParseError_En(document.GetParseError())});
    return document;
}

std::string describe(const JsonValue &value)
{
    switch (value.GetType()) {
    case rapidjson::kNullType:
        return "null";
    case rapidjson::kFalseType:
    case rapidjson::kTrueType:
        return value.GetBool() ? "true" : "false";
    case rapidjson::kObjectType:
        return "an object";
    case rapidjson::kArrayType:
        return "an array";
    case rapidjson::kStringType:
        return "the text " + inQuotes(textOf(value));
    case rapidjson::kNumberType:
        return numberText(value.GetDouble());
    }
    return {};
}

std::string readText(const JsonValue &value, const std::string &where, TextRule rule, FirstError &error)
{
    if (!value.IsString()) {
        error.report(where, "must be a text, not " + describe(value));
        return {};
    }
    const std::string_view text = textOf(value);
    if (text.empty() && rule.isRequired)
        error.report(where, "must not be empty");
    else if (text.size() > rule.maxBytes)
        error.report(where, "is " + groupedNumber(text.size()) + " bytes long; " + groupedNumber(rule.maxBytes) + " are allowed");
    else if (displayText(text) != text)
        error.report(where, inQuotes(text) + " has control or invisible characters");
    else
        return std::string(text);
    return {};
}

double readNumber(const JsonValue &value, const std::string &where, NumberRange range, bool isInteger, FirstError &error)
{
    if (value.IsNumber()) {
        const double number = value.GetDouble();
        const bool isWhole = number == std::trunc(number); // 3.0 and 1e2 are integers too
        if (number >= range.min && number <= range.max && (isWhole || !isInteger))
            return number;
    }
    error.report(where, "must be " + numbersAllowed(range, isInteger) + ", not " + describe(value));
    return range.min;
}

ObjectReader::ObjectReader(const JsonValue &value, std::string path, std::span<const std::string_view> keys, FirstError &error)
    : path_(std::move(path))
    , error_(error)
{
    if (!value.IsObject()) {
        error_.report(path_, "must be an object, not " + describe(value));
        return;
    }
    object_ = &value;
    std::set<std::string_view> seen;
    for (const auto &member : value.GetObject()) {
        const std::string_view key = textOf(member.name);
        if (std::ranges::find(keys, key) == keys.end()) {
            const std::vector<std::string> allowed(keys.begin(), keys.end());
            error_.report(pathOf(displayText(key.substr(0, 60))), "unknown key; allowed here: " + alternatives(allowed));
            return; // and not one comparison for each of a million keys
        }
        if (!seen.insert(key).second)
            error_.report(pathOf(key), "is given twice");
    }
}

std::string ObjectReader::pathOf(std::string_view key) const
{
    return path_.empty() ? std::string(key) : path_ + '.' + std::string(key);
}

const JsonValue *ObjectReader::find(std::string_view key, bool isRequired) const
{
    if (!object_)
        return nullptr;
    const auto member = object_->FindMember(JsonValue(rapidjson::StringRef(key.data(), key.size())));
    if (member != object_->MemberEnd())
        return &member->value;
    if (isRequired)
        fail(key, "is missing");
    return nullptr;
}

std::string ObjectReader::text(std::string_view key, TextRule rule) const
{
    const JsonValue *value = find(key, rule.isRequired);
    return value ? readText(*value, pathOf(key), rule, error_) : std::string();
}

std::string ObjectReader::identifier(std::string_view key, std::string_view extra) const
{
    constexpr std::size_t limit = 64;
    std::string name = text(key, {true, limit});
    const auto isAllowed = [extra](char c) { return isLetterOrDigit(c) || extra.find(c) != std::string_view::npos; };
    if (!std::ranges::all_of(name, isAllowed))
        fail(key, inQuotes(name) + " may have letters a to z, digits and " + inQuotes(extra) + " only");
    return name;
}

double ObjectReader::number(std::string_view key, NumberRange range, bool isInteger, double fallback) const
{
    const JsonValue *value = find(key);
    return value ? readNumber(*value, pathOf(key), range, isInteger, error_) : fallback;
}

void ObjectReader::forEach(std::string_view key, std::size_t min, std::size_t max,
                           const std::function<void(const JsonValue &, std::string path)> &read) const
{
    const JsonValue *value = find(key, min > 0);
    if (!value)
        return;
    if (!value->IsArray())
        return fail(key, "must be an array, not " + describe(*value));
    if (value->Size() < min || value->Size() > max)
        return fail(key, "has " + groupedNumber(value->Size()) + " elements; " + groupedNumber(min) + " to " + groupedNumber(max)
                             + " are allowed");
    for (rapidjson::SizeType i = 0; i < value->Size() && !error_.get(); ++i)
        read((*value)[i], pathOf(key) + '[' + std::to_string(i) + ']');
}

std::vector<std::string> ObjectReader::texts(std::string_view key, std::size_t min, std::size_t max, TextRule each) const
{
    std::vector<std::string> all;
    forEach(key, min, max, [&](const JsonValue &value, const std::string &path) { all.push_back(readText(value, path, each, error_)); });
    return all;
}

} // namespace loopscope
