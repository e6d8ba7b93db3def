#pragma once

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <tl/expected.hpp>

namespace loopscope {

/// What is wrong with a scenario or with a value given to it. Texts are UTF-8 for people; what a stranger wrote is in them escaped.
struct ScenarioError {
    std::string where; ///< "line 3, column 7", "tasks[2].duration_s", "parameter tasks"; empty if it is the whole document
    std::string what;  ///< what is wrong, and what is allowed

    /// "tasks[2].duration_s: …"
    [[nodiscard]] std::string text() const;
};

/// Something about a scenario that the person who runs it may choose. The window shows a control for each, the command line takes
/// `--set name=value`.
struct ScenarioParameter {
    enum class Type {
        Integer,
        Number,
        Choice, ///< one of `choices`
        Boolean ///< "true" or "false"
    };

    std::string name; ///< letters, digits and _; unique in its scenario
    Type type = Type::Integer;
    std::string defaultValue;         ///< as `--set` takes it: "3", "0.5", "pool", "true"
    double min = 0;                   ///< smallest and largest value allowed, of an Integer or Number
    double max = 0;                   ///< at most 10⁹ from zero, so that an int holds an Integer
    std::vector<std::string> choices; ///< of a Choice: 1…32, distinct
    std::string explanation;          ///< one sentence, UTF-8; may be empty
};

/// The value of a parameter: an Integer or Number, a Choice, a Boolean.
using ParameterValue = std::variant<double, std::string, bool>;
/// The values of all parameters of a scenario, by name.
using ParameterValues = std::map<std::string, ParameterValue, std::less<>>;

/// The value that `text` stands for, or a sentence that says what is allowed.
[[nodiscard]] tl::expected<ParameterValue, std::string> parseParameterValue(const ScenarioParameter &parameter, std::string_view text);

/// The values of all `parameters`: those in `texts`, and the default of each other one.
[[nodiscard]] tl::expected<ParameterValues, ScenarioError> resolveParameters(const std::vector<ScenarioParameter> &parameters,
                                                                             const std::map<std::string, std::string> &texts);

/// What a parameter takes, for people: "integer, 1 to 100", "pool or loop", "true or false".
[[nodiscard]] std::string allowedValues(const ScenarioParameter &parameter);

/// A number for people and for `--set`: "3", "0.25", never "3.000000".
[[nodiscard]] std::string numberText(double number);

} // namespace loopscope
