#pragma once

#include "core/text/display_text.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

namespace loopscope {

/// What parsing gives where nothing but its success matters: a sentence if it failed.
using OptionOutcome = tl::expected<void, std::string>;

/// What the help says of an option.
struct OptionHelp {
    std::string_view name;  ///< "--workers"
    std::string_view value; ///< "N"; empty for a flag
    std::string_view text;  ///< a sentence without its full stop
};

/// An option of a command whose arguments end up in an `Options`.
template <typename Options>
struct Option {
    OptionHelp help;
    /// Puts the value in its place, or says what it has to be: "is no number from 1 to 9".
    OptionOutcome (*apply)(Options &options, std::string_view value);
};

/// An argument taken apart.
struct Argument {
    bool isOption = false;
    std::string_view name;                 ///< of an option: "--size"; of an operand: all of it
    std::optional<std::string_view> value; ///< of "--size=1x1"
};

/// Goes through arguments: options in any order among operands, "--" ends the options, "-" is an operand.
class ArgumentReader {
public:
    explicit ArgumentReader(std::span<const std::string_view> arguments)
        : rest_(arguments)
    {
    }

    [[nodiscard]] bool atEnd() const { return rest_.empty(); }
    /// The next argument as it is: the value of an option. Nothing at the end.
    std::optional<std::string_view> takeRaw();
    /// The next argument, taken apart; nothing at the end.
    std::optional<Argument> take();

private:
    std::span<const std::string_view> rest_;
    bool optionsEnded_ = false;
};

/// The option of that name; null if there is none.
template <typename Options>
const Option<Options> *findOption(std::span<const Option<Options>> table, std::string_view name)
{
    const auto option = std::ranges::find(table, name, [](const Option<Options> &o) { return o.help.name; });
    return option == table.end() ? nullptr : &*option;
}

/// Whether one of `names` is among the options, wherever it stands. The value of another option is none.
template <typename Options>
bool hasOption(std::span<const std::string_view> arguments, std::span<const Option<Options>> table,
               std::initializer_list<std::string_view> names)
{
    ArgumentReader reader(arguments);
    while (const auto argument = reader.take()) {
        if (!argument->isOption || argument->value)
            continue;
        if (std::ranges::find(names, argument->name) != names.end())
            return true;
        const Option<Options> *option = findOption(table, argument->name);
        if (option && !option->help.value.empty())
            reader.takeRaw();
    }
    return false;
}

/// Parses all `arguments` by `table`: options into `options`, the rest into `operands`. An error is a sentence that names the option.
template <typename Options>
OptionOutcome parseArguments(std::span<const std::string_view> arguments, std::span<const Option<Options>> table, Options &options,
                             std::vector<std::string> &operands)
{
    ArgumentReader reader(arguments);
    while (const auto argument = reader.take()) {
        if (!argument->isOption) {
            operands.emplace_back(argument->name);
            continue;
        }
        const Option<Options> *option = findOption(table, argument->name);
        if (!option)
            return tl::unexpected("there is no option " + displayName(argument->name));
        const bool isFlag = option->help.value.empty();
        if (isFlag && argument->value)
            return tl::unexpected(std::string(option->help.name) + " takes no value");
        const auto value = isFlag || argument->value ? argument->value : reader.takeRaw();
        if (!isFlag && !value)
            return tl::unexpected(std::string(option->help.name) + " needs a value: " + std::string(option->help.value));
        if (const auto applied = option->apply(options, value.value_or("")); !applied)
            return tl::unexpected(std::string(option->help.name) + ": \"" + displayName(value.value_or("")) + "\" " + applied.error());
    }
    return {};
}

/// The options in two columns, their texts wrapped at 80.
[[nodiscard]] std::string optionHelpText(std::span<const OptionHelp> options);

} // namespace loopscope
