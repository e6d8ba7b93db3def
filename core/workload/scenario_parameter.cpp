#include "core/workload/scenario_parameter.h"

#include "core/workload/scenario_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

namespace loopscope {
namespace {

using Type = ScenarioParameter::Type;

/// The number that all of `text` spells; nothing for infinity and the like.
std::optional<double> numberOf(std::string_view text)
{
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
        return std::nullopt;
    return number;
}

std::optional<ParameterValue> valueOf(const ScenarioParameter &parameter, std::string_view text)
{
    switch (parameter.type) {
    case Type::Choice:
        if (std::ranges::find(parameter.choices, text) != parameter.choices.end())
            return std::string(text);
        return std::nullopt;
    case Type::Boolean:
        if (text == "true" || text == "false")
            return text == "true";
        return std::nullopt;
    case Type::Integer:
    case Type::Number:
        break;
    }
    const std::optional<double> number = numberOf(text);
    if (!number || *number < parameter.min || *number > parameter.max)
        return std::nullopt;
    if (parameter.type == Type::Integer && *number != std::trunc(*number))
        return std::nullopt;
    return *number;
}

std::string listOf(const std::vector<ScenarioParameter> &parameters)
{
    std::string list;
    for (const ScenarioParameter &parameter : parameters)
        list += (list.empty() ? "" : "; ") + parameter.name + " (" + allowedValues(parameter) + ")";
    return list;
}

} // namespace

std::string ScenarioError::text() const
{
    return where.empty() ? what : where + ": " + what;
}

std::string numberText(double number)
{
    std::array<char, 32> text{};
    auto [end, error] = std::to_chars(text.begin(), text.end(), number, std::chars_format::fixed);
    if (error != std::errc{}) // too long without an exponent
        end = std::to_chars(text.begin(), text.end(), number).ptr;
    return {text.data(), end};
}

std::string allowedValues(const ScenarioParameter &parameter)
{
    switch (parameter.type) {
    case Type::Choice:
        return alternatives(parameter.choices);
    case Type::Boolean:
        return "true or false";
    case Type::Integer:
    case Type::Number:
        break;
    }
    const std::string type = parameter.type == Type::Integer ? "integer" : "number";
    return type + ", " + numberText(parameter.min) + " to " + numberText(parameter.max);
}

tl::expected<ParameterValue, std::string> parseParameterValue(const ScenarioParameter &parameter, std::string_view text)
{
    if (std::optional<ParameterValue> value = valueOf(parameter, text))
        return *std::move(value);
    return tl::make_unexpected(inQuotes(text) + " is not allowed; it takes " + allowedValues(parameter));
}

tl::expected<ParameterValues, ScenarioError> resolveParameters(const std::vector<ScenarioParameter> &parameters,
                                                               const std::map<std::string, std::string> &texts)
{
    ParameterValues values;
    for (const ScenarioParameter &parameter : parameters) {
        const auto given = texts.find(parameter.name);
        auto value = parseParameterValue(parameter, given == texts.end() ? parameter.defaultValue : given->second);
        if (!value)
            return tl::make_unexpected(ScenarioError{"parameter " + parameter.name, value.error()});
        values.emplace(parameter.name, *std::move(value));
    }
    for (const auto &[name, text] : texts) {
        if (values.contains(name))
            continue;
        const std::string known = parameters.empty() ? "the scenario has none" : "the parameters are: " + listOf(parameters);
        return tl::make_unexpected(ScenarioError{"parameter " + inQuotes(name), "there is no such parameter; " + known});
    }
    return values;
}

} // namespace loopscope
