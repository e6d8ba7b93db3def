#pragma once

#include "app/command_line.h"
#include "app/option_table.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace loopscope {

// What the options of several commands have in common.

using Parsed = tl::expected<Command, UsageError>;
using Arguments = std::span<const std::string_view>;

inline constexpr int mostPixels = 40'000;
inline constexpr double largestScale = 4;

inline constexpr OptionHelp helpOption = {"--help", "", "Show this help"};
inline constexpr OptionHelp versionOption = {"--version", "", "Show the version"};

[[nodiscard]] inline tl::unexpected<std::string> wrong(std::string what)
{
    return tl::unexpected(std::move(what));
}

/// Puts the value, if it is one, at `place`.
template <typename Place, typename T>
OptionOutcome store(Place &place, OptionValue<T> value)
{
    if (!value)
        return tl::unexpected(std::move(value.error()));
    place = *std::move(value);
    return {};
}

/// Whether `text` ends so; `ending` is in lower case, that of `text` may be in any.
[[nodiscard]] bool endsWith(std::string_view text, std::string_view ending);
/// What a file manager, or a person, writes as a file: URL. Others stay as they are: who reads them says why they are not read.
[[nodiscard]] std::string localPath(std::string_view path);
/// The name of a picture that can be written.
[[nodiscard]] OptionValue<std::string> parsePictureName(std::string_view value);
/// "light" or "dark": whether it is the latter.
[[nodiscard]] OptionValue<bool> parseTheme(std::string_view value);
/// Why a picture of that name cannot have the scale asked for; nothing if it can.
[[nodiscard]] std::optional<std::string> misusedScale(std::string_view picture, const PictureLook &look);

// Options of commands that run scenarios. Their `Options` have `values`.

template <typename Options>
inline constexpr Option<Options> setOption{{"--set", "KEY=VALUE", "Set a parameter of the scenario; may be repeated"},
                                           [](Options &options, std::string_view value) -> OptionOutcome {
                                               const std::size_t equals = value.find('=');
                                               if (equals == std::string_view::npos || equals == 0)
                                                   return wrong("is not of the form KEY=VALUE");
                                               options.values.insert_or_assign(std::string(value.substr(0, equals)),
                                                                               std::string(value.substr(equals + 1)));
                                               return {};
                                           }};

// Options of commands that draw. Their `Options` have a `look`.

template <typename Options>
inline constexpr Option<Options> sizeOption{
    {"--size", "WxH", "Size of the picture in pixels, such as 1600x900; by default 1440 wide, and as tall as its lanes need"},
    [](Options &options, std::string_view value) { return store(options.look.size, parsePixelSize(value, mostPixels)); }};
template <typename Options>
inline constexpr Option<Options> scaleOption{
    {"--scale", "S", "Pixels a unit, of a .png only, 1 to 4; 1 by default"},
    [](Options &options, std::string_view value) { return store(options.look.scale, parseNumber(value, 1, largestScale)); }};
template <typename Options>
inline constexpr Option<Options> themeOption{
    {"--theme", "light|dark", "Colours of the picture; light by default"},
    [](Options &options, std::string_view value) { return store(options.look.isDark, parseTheme(value)); }};

/// The help of a command: its usage, its options, and what else is to be told.
template <typename Table>
[[nodiscard]] std::string commandHelp(std::string_view beginning, const Table &table, std::string_view end)
{
    std::vector<OptionHelp> options;
    options.reserve(table.size() + 2);
    for (const auto &option : table)
        options.push_back(option.help);
    options.push_back(helpOption);
    if constexpr (std::is_same_v<typename Table::value_type, Option<WindowOptions>>)
        options.push_back(versionOption);
    return std::string(beginning) + optionHelpText(options) + std::string(end);
}

template <typename Options>
[[nodiscard]] bool asksForHelp(Arguments arguments, std::span<const Option<Options>> table)
{
    return hasOption(arguments, table, {helpOption.name, "-h"});
}

} // namespace loopscope
