#include "app/command_line.h"

#include "app/option_table.h"
#include "core/text/utf8.h"

#include <array>
#include <cmath>
#include <functional>

namespace loopscope {

namespace {

constexpr int mostWorkers = 1024;
constexpr int mostInFlight = 65'536;
constexpr double longestStallThresholdMs = 3'600'000;
constexpr int mostPixels = 40'000;
constexpr double largestScale = 4;

tl::unexpected<std::string> wrong(std::string what)
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

OptionOutcome setParameter(RunOptions &run, std::string_view value)
{
    const std::size_t equals = value.find('=');
    if (equals == std::string_view::npos || equals == 0)
        return wrong("is not of the form KEY=VALUE");
    run.values.insert_or_assign(std::string(value.substr(0, equals)), std::string(value.substr(equals + 1)));
    return {};
}

OptionOutcome setStallThreshold(RunOptions &run, std::string_view value)
{
    const auto milliseconds = parseNumber(value, 0.001, longestStallThresholdMs);
    if (!milliseconds)
        return tl::unexpected(milliseconds.error());
    run.stallThreshold = std::llround(*milliseconds * static_cast<double>(nanosecondsPerMillisecond));
    return {};
}

OptionOutcome setScreenshot(RunOptions &run, std::string_view value)
{
    // Qt writes files by names in UTF-16: a picture by another name than the one asked for would be found by nobody.
    if (validUtf8Prefix(value) != value.size())
        return wrong("is no valid UTF-8, as the name of a picture has to be");
    for (const std::string_view ending : {".png", ".svg", ".pdf"}) {
        if (value.size() > ending.size() && value.ends_with(ending)) {
            run.screenshot = value;
            return {};
        }
    }
    return wrong("does not end in .png, .svg or .pdf");
}

OptionOutcome setTheme(RunOptions &run, std::string_view value)
{
    if (value != "light" && value != "dark")
        return wrong("is neither light nor dark");
    run.pictureIsDark = value == "dark";
    return {};
}

OptionOutcome setReport(RunOptions &run, std::string_view value)
{
    if (value != "text" && value != "json")
        return wrong("is neither text nor json");
    run.report = value == "json" ? ReportFormat::Json : ReportFormat::Text;
    return {};
}

constexpr std::array runOptions = {
    Option<RunOptions>{{"--scenario", "NAME|FILE", "Run a built-in scenario, or the one in FILE; `loopscope scenarios` lists the former"},
                       [](RunOptions &run, std::string_view value) -> OptionOutcome {
                           run.scenario = value;
                           return {};
                       }},
    Option<RunOptions>{{"--set", "KEY=VALUE", "Set a parameter of the scenario; may be repeated"}, setParameter},
    Option<RunOptions>{{"--workers", "N", "Threads of the pool, 1 to 1024; by default the scenario's number, else one a core"},
                       [](RunOptions &run, std::string_view value) { return store(run.workers, parseWholeNumber(value, 1, mostWorkers)); }},
    Option<RunOptions>{
        {"--in-flight", "N", "Files read at the same time, 1 to 65536; 64 by default"},
        [](RunOptions &run, std::string_view value) { return store(run.inFlight, parseWholeNumber(value, 1, mostInFlight)); }},
    Option<RunOptions>{{"--stall-threshold", "MS", "Report what holds the loop for longer, in milliseconds; 100 by default"},
                       setStallThreshold},
    Option<RunOptions>{{"--screenshot", "PIC", "Write the timeline of the whole run to PIC, which ends in .png, .svg or .pdf"},
                       setScreenshot},
    Option<RunOptions>{
        {"--size", "WxH", "Size of the picture in pixels, such as 1600x900; by default 1440 wide, and as tall as its lanes need"},
        [](RunOptions &run, std::string_view value) { return store(run.pictureSize, parsePixelSize(value, mostPixels)); }},
    Option<RunOptions>{
        {"--scale", "S", "Pixels a unit of a .png, 1 to 4; 1 by default"},
        [](RunOptions &run, std::string_view value) { return store(run.pictureScale, parseNumber(value, 1, largestScale)); }},
    Option<RunOptions>{{"--theme", "light|dark", "Colours of the picture; light by default"}, setTheme},
    Option<RunOptions>{{"--report", "text|json", "What to write to the standard output: a summary, which is the default, or everything"},
                       setReport},
};

constexpr std::array scenariosOptions = {
    Option<ScenariosOptions>{{"--json", "", "Write them as JSON"},
                             [](ScenariosOptions &scenarios, std::string_view) -> OptionOutcome {
                                 scenarios.asJson = true;
                                 return {};
                             }},
};

constexpr std::array<Option<WindowOptions>, 0> windowOptions = {};

constexpr OptionHelp helpOption = {"--help", "", "Show this help"};
constexpr OptionHelp versionOption = {"--version", "", "Show the version"};

constexpr std::string_view windowHelp = R"(Loopscope - an oscilloscope for event loops

Usage:
  loopscope [FILE...]
      opens the window; files are read at once, a scenario among them is opened
  loopscope run [OPTION...] [FILE|FOLDER...]
      runs a scenario, or reads files, without a window, and reports
  loopscope scenarios [--json]
      lists the built-in scenarios

Options:
)";
constexpr std::string_view windowHelpEnd = R"(
`loopscope run --help` and `loopscope scenarios --help` tell more. A file whose
name is that of a command or begins with - is named ./run, ./-x, or after --.
)";

constexpr std::string_view runHelp = R"(Runs a scenario, or reads files, without a window, and reports.

Usage: loopscope run [OPTION...] [FILE|FOLDER...]

Folders are read with all that is in them; links to folders are not followed.

Options:
)";
constexpr std::string_view runHelpEnd = R"(
The report goes to the standard output, everything else to the standard error.
Interrupted by Ctrl+C or SIGTERM, the run stops and the report is still written;
a second signal ends the program at once.

Exit status:
  0    every task succeeded
  1    a task failed, or the picture or the report could not be written
  2    the command line was wrong, or the scenario is
  130  interrupted
)";

constexpr std::string_view scenariosHelp = R"(Lists the built-in scenarios with their parameters.

Usage: loopscope scenarios [--json]

Options:
)";

template <typename Table>
std::string commandHelp(std::string_view beginning, const Table &table, std::string_view end)
{
    std::vector<OptionHelp> options;
    options.reserve(table.size() + 2);
    for (const auto &option : table)
        options.push_back(option.help);
    options.push_back(helpOption);
    if constexpr (std::tuple_size_v<Table> == 0)
        options.push_back(versionOption);
    return std::string(beginning) + optionHelpText(options) + std::string(end);
}

/// Whether `name` or its short form is among the options, wherever it stands.
bool asksFor(std::span<const std::string_view> arguments, std::string_view name)
{
    for (const std::string_view argument : arguments) {
        if (argument == "--")
            return false;
        if (argument == name || (name == helpOption.name && argument == "-h"))
            return true;
    }
    return false;
}

using Parsed = tl::expected<Command, UsageError>;
using Arguments = std::span<const std::string_view>;

Parsed parseWindow(Arguments arguments)
{
    if (asksFor(arguments, helpOption.name))
        return ShowText{commandHelp(windowHelp, windowOptions, windowHelpEnd)};
    if (asksFor(arguments, versionOption.name))
        return ShowText{"loopscope " LOOPSCOPE_VERSION "\n"};
    WindowOptions window;
    const std::span<const Option<WindowOptions>> table = windowOptions;
    if (const auto parsed = parseArguments(arguments, table, window, window.paths); !parsed)
        return tl::unexpected(UsageError{parsed.error(), "loopscope"});
    return window;
}

Parsed parseRun(Arguments arguments)
{
    if (asksFor(arguments, helpOption.name))
        return ShowText{commandHelp(runHelp, runOptions, runHelpEnd)};
    const auto misused = [](std::string what) { return tl::unexpected(UsageError{"run: " + what, "loopscope run"}); };
    RunOptions run;
    const std::span<const Option<RunOptions>> table = runOptions;
    if (const auto parsed = parseArguments(arguments, table, run, run.paths); !parsed)
        return misused(parsed.error());
    if (!run.scenario && run.paths.empty())
        return misused("there is nothing to run: name a file, a folder or a --scenario");
    if (!run.scenario && !run.values.empty())
        return misused("--set needs a --scenario whose parameter it sets");
    return run;
}

Parsed parseScenarios(Arguments arguments)
{
    if (asksFor(arguments, helpOption.name))
        return ShowText{commandHelp(scenariosHelp, scenariosOptions, "")};
    ScenariosOptions scenarios;
    std::vector<std::string> operands;
    const std::span<const Option<ScenariosOptions>> table = scenariosOptions;
    const auto parsed = parseArguments(arguments, table, scenarios, operands);
    if (!parsed)
        return tl::unexpected(UsageError{"scenarios: " + parsed.error(), "loopscope scenarios"});
    if (!operands.empty())
        return tl::unexpected(UsageError{"scenarios: takes no file, yet there is " + displayText(operands.front()), "loopscope scenarios"});
    return scenarios;
}

} // namespace

tl::expected<Command, UsageError> parseCommandLine(std::span<const std::string_view> arguments)
{
    if (!arguments.empty() && arguments.front() == "run")
        return parseRun(arguments.subspan(1));
    if (!arguments.empty() && arguments.front() == "scenarios")
        return parseScenarios(arguments.subspan(1));
    return parseWindow(arguments);
}

} // namespace loopscope
