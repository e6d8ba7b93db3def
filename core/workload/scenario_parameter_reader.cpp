#include "core/workload/scenario_parameter_reader.h"

#include "core/workload/scenario_text.h"

#include <algorithm>
#include <array>

namespace loopscope {
namespace {

using Type = ScenarioParameter::Type;
using Keys = std::vector<std::string_view>;

constexpr std::size_t maxParameters = 32;
constexpr std::size_t maxChoices = 32;
constexpr NumberRange bounds{-1e9, 1e9};

Keys keysOf(Type type)
{
    switch (type) {
    case Type::Integer:
    case Type::Number:
        return {"name", "type", "default", "min", "max", "explanation"};
    case Type::Choice:
        return {"name", "type", "default", "choices", "explanation"};
    case Type::Boolean:
        return {"name", "type", "default", "explanation"};
    }
    return {};
}

/// Which type it is of must be known before its keys can be judged.
std::optional<Type> readType(const JsonValue &value, const std::string &path, FirstError &error)
{
    static const std::array<std::string, 4> names{"integer", "number", "choice", "boolean"};
    if (!value.IsObject()) {
        error.report(path, "must be an object, not " + describe(value));
        return std::nullopt;
    }
    const auto member = value.FindMember("type");
    if (member == value.MemberEnd()) {
        error.report(path + ".type", "is missing; it is " + alternatives(names));
        return std::nullopt;
    }
    const auto found = member->value.IsString() ? std::ranges::find(names, textOf(member->value)) : names.end();
    if (found == names.end()) {
        error.report(path + ".type", "must be " + alternatives(names) + ", not " + describe(member->value));
        return std::nullopt;
    }
    return static_cast<Type>(found - names.begin());
}

void readRange(const ObjectReader &object, ScenarioParameter &parameter, FirstError &error)
{
    const bool isInteger = parameter.type == Type::Integer;
    static_cast<void>(object.find("min", true));
    static_cast<void>(object.find("max", true));
    parameter.min = object.number("min", bounds, isInteger, 0);
    parameter.max = object.number("max", bounds, isInteger, 0);
    if (parameter.min > parameter.max)
        error.report(object.pathOf("max"), "is less than min");
}

void readChoices(const ObjectReader &object, ScenarioParameter &parameter)
{
    parameter.choices = object.texts("choices", 1, maxChoices, {true, 64});
    for (auto choice = parameter.choices.begin(); choice != parameter.choices.end(); ++choice) {
        if (std::find(parameter.choices.begin(), choice, *choice) != choice)
            object.fail("choices", inQuotes(*choice) + " is given twice");
    }
}

void readDefault(const ObjectReader &object, ScenarioParameter &parameter, FirstError &error)
{
    const JsonValue *value = object.find("default", true);
    if (!value)
        return;
    const bool isNumber = parameter.type == Type::Integer || parameter.type == Type::Number;
    if (isNumber)
        parameter.defaultValue = numberText(
            readNumber(*value, object.pathOf("default"), {parameter.min, parameter.max}, parameter.type == Type::Integer, error));
    else if (parameter.type == Type::Boolean && value->IsBool())
        parameter.defaultValue = value->GetBool() ? "true" : "false";
    else if (parameter.type == Type::Choice && value->IsString())
        parameter.defaultValue = textOf(*value);
    if (!parseParameterValue(parameter, parameter.defaultValue))
        object.fail("default", "must be " + allowedValues(parameter) + ", not " + describe(*value));
}

ScenarioParameter readParameter(const JsonValue &value, const std::string &path, FirstError &error)
{
    ScenarioParameter parameter;
    const std::optional<Type> type = readType(value, path, error);
    if (!type)
        return parameter;
    parameter.type = *type;
    const ObjectReader object(value, path, keysOf(*type), error);
    parameter.name = object.identifier("name", "_");
    parameter.explanation = object.text("explanation", {false, 400});
    if (*type == Type::Integer || *type == Type::Number)
        readRange(object, parameter, error);
    else if (*type == Type::Choice)
        readChoices(object, parameter);
    readDefault(object, parameter, error);
    return parameter;
}

} // namespace

std::vector<ScenarioParameter> readParameters(const ObjectReader &document, FirstError &error)
{
    std::vector<ScenarioParameter> parameters;
    document.forEach("parameters", 0, maxParameters, [&](const JsonValue &value, const std::string &path) {
        ScenarioParameter parameter = readParameter(value, path, error);
        if (std::ranges::find(parameters, parameter.name, &ScenarioParameter::name) != parameters.end())
            error.report(path + ".name", inQuotes(parameter.name) + " is given twice");
        parameters.push_back(std::move(parameter));
    });
    return parameters;
}

} // namespace loopscope
