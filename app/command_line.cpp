#include "app/command_line.h"

#include "app/compare_options.h"
#include "app/option_parsing.h"
#include "app/trace_options.h"
#include "core/runtime/session.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace loopscope {

namespace {

constexpr int mostInFlight = 65'536;
constexpr double longestStallThresholdMs = 3'600'000;

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
    return store(run.screenshot, parsePictureName(value));
}

OptionOutcome setReport(RunOptions &run, std::string_view value)
{
    if (value != "text" && value != "json" && value != "none")
        return wrong("is none of text, json and none");
    run.report = value == "json" ? ReportFormat::Json : value == "none" ? ReportFormat::None : ReportFormat::Text;
    return {};
}

OptionOutcome setWorkers(RunOptions &run, std::string_view value)
{
    run.hasThreadAJob = value == "per-job";
    if (run.hasThreadAJob)
        return {};
    const auto workers = parseWholeNumber(value, 1, mostWorkers);
    if (!workers)
        return wrong("is neither per-job nor a whole number from 1 to " + std::to_string(mostWorkers));
    run.workers = *workers;
    return {};
}

OptionOutcome setReader(RunOptions &run, std::string_view value)
{
    const std::optional<FileReader> reader = fileReaderOfKey(value);
    if (!reader)
        return wrong("is none of auto, pool, io_uring, sequential and processes");
    run.reader = *reader;
    return {};
}

constexpr std::array runOptions = {
    Option<RunOptions>{{"--scenario", "NAME|FILE", "Run a built-in scenario, or the one in FILE; `loopscope scenarios` lists the former"},
                       [](RunOptions &run, std::string_view value) -> OptionOutcome {
                           run.scenario = localPath(value);
                           return {};
                       }},
    setOption<RunOptions>,
    Option<RunOptions>{
        {"--workers", "N|per-job",
         "Threads of the pool, 1 to 1024, or a thread for each blocking job; by default the scenario's number, else one a core"},
        setWorkers},
    Option<RunOptions>{
        {"--in-flight", "N", "Files read at the same time, 1 to 65536; 256 by default"},
        [](RunOptions &run, std::string_view value) { return store(run.inFlight, parseWholeNumber(value, 1, mostInFlight)); }},
    Option<RunOptions>{
        {"--reader", "auto|pool|io_uring|sequential|processes",
         "Read files by the pool alone, or try each through io_uring first, by default small ones if they are many; or block "
         "the loop with one after another, or hand each to a process"},
        setReader},
    Option<RunOptions>{{"--stall-threshold", "MS", "Report what holds the loop for longer, in milliseconds; 100 by default"},
                       setStallThreshold},
    Option<RunOptions>{{"--screenshot", "PIC", "Write the timeline of the whole run to PIC, which ends in .png, .svg or .pdf"},
                       setScreenshot},
    sizeOption<RunOptions>,
    scaleOption<RunOptions>,
    themeOption<RunOptions>,
    Option<RunOptions>{
        {"--save", "TRACE", "Save everything that was recorded to TRACE, and keep a journal in TRACE.part while the run goes on"},
        [](RunOptions &run, std::string_view value) -> OptionOutcome {
            if (value.empty())
                return wrong("is no name of a file");
            run.save = localPath(value);
            return {};
        }},
    Option<RunOptions>{
        {"--report", "text|json|none", "What to write to the standard output: a summary, which is the default, everything, or nothing"},
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

constexpr std::string_view windowHelp = R"(Loopscope - an oscilloscope for event loops

Usage:
  loopscope [FILE...]
      opens the window; files are read at once, scenarios and traces are opened
  loopscope run [OPTION...] [FILE|FOLDER...]
      runs a scenario, or reads files, without a window, and reports
  loopscope compare [OPTION...] [FILE|FOLDER...]
      does the same work in several ways, and compares what it took
  loopscope what-if TRACE [OPTION...]
      predicts how long a recorded run would take otherwise
  loopscope scenarios [--json]
      lists the built-in scenarios
  loopscope open TRACE
      opens the window with a trace
  loopscope report TRACE [--json]
      reports on a trace
  loopscope convert IN OUT
      writes a trace in another format
  loopscope screenshot TRACE OUT [OPTION...]
      draws a trace

Options:
)";
constexpr std::string_view windowHelpEnd = R"(
`loopscope run --help` and the --help of the other commands tell more. A file
whose name is that of a command or begins with - is named ./run, ./-x, or after
--.
)";

constexpr std::string_view runHelp = R"(Runs a scenario, or reads files, without a window, and reports.

Usage: loopscope run [OPTION...] [FILE|FOLDER...]

Folders are read with all that is in them; links to folders are not followed.
Beside a scenario, files are what its tasks read; those that none of them reads
are read too.

Options:
)";
constexpr std::string_view runHelpEnd = R"(
The report goes to the standard output, everything else to the standard error.
Interrupted by Ctrl+C or SIGTERM, the run stops and the report is still written,
to a reader that reads; a picture that is not ready is given up. A second signal
ends the program at once.

Exit status:
  0    every task succeeded
  1    a task failed, or the picture, the trace or the report could not be
       written
  2    the command line was wrong, or the scenario is
  130  interrupted
)";

constexpr std::string_view scenariosHelp = R"(Lists the built-in scenarios with their parameters.

Usage: loopscope scenarios [--json]

Options:
)";

/// Options that say how a picture looks are for a picture that can look so. Nothing if they are.
std::optional<std::string> misusedPictureOption(const RunOptions &run)
{
    const char *option = run.look.size ? "--size" : run.look.scale ? "--scale" : run.look.isDark ? "--theme" : nullptr;
    if (option && !run.screenshot)
        return std::string(option) + " needs a --screenshot";
    return run.screenshot ? misusedScale(*run.screenshot, run.look) : std::nullopt;
}

Parsed parseWindow(Arguments arguments)
{
    const std::span<const Option<WindowOptions>> table = windowOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(windowHelp, windowOptions, windowHelpEnd)};
    if (hasOption(arguments, table, {versionOption.name}))
        return ShowText{"loopscope " LOOPSCOPE_VERSION "\n"};
    WindowOptions window;
    if (const auto parsed = parseArguments(arguments, table, window, window.paths); !parsed)
        return tl::unexpected(UsageError{parsed.error(), "loopscope"});
    std::ranges::transform(window.paths, window.paths.begin(), localPath);
    return window;
}

Parsed parseRun(Arguments arguments)
{
    const std::span<const Option<RunOptions>> table = runOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(runHelp, runOptions, runHelpEnd)};
    const auto misused = [](std::string what) { return tl::unexpected(UsageError{"run: " + what, "loopscope run"}); };
    RunOptions run;
    if (const auto parsed = parseArguments(arguments, table, run, run.paths); !parsed)
        return misused(parsed.error());
    if (!run.scenario && run.paths.empty())
        return misused("there is nothing to run: name a file, a folder or a --scenario");
    if (!run.scenario && !run.values.empty())
        return misused("--set needs a --scenario whose parameter it sets");
    if (const auto what = misusedPictureOption(run))
        return misused(*what);
    std::ranges::transform(run.paths, run.paths.begin(), localPath);
    return run;
}

Parsed parseScenarios(Arguments arguments)
{
    const std::span<const Option<ScenariosOptions>> table = scenariosOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(scenariosHelp, scenariosOptions, "")};
    ScenariosOptions scenarios;
    std::vector<std::string> operands;
    const auto parsed = parseArguments(arguments, table, scenarios, operands);
    if (!parsed)
        return tl::unexpected(UsageError{"scenarios: " + parsed.error(), "loopscope scenarios"});
    if (!operands.empty())
        return tl::unexpected(UsageError{"scenarios: takes no file, yet there is " + displayName(operands.front()), "loopscope scenarios"});
    return scenarios;
}

} // namespace

tl::expected<Command, UsageError> parseCommandLine(std::span<const std::string_view> arguments)
{
    struct Named {
        std::string_view name;
        Parsed (*parse)(Arguments arguments);
    };
    constexpr std::array commands = {
        Named{"run", parseRun},   Named{"compare", parseCompare}, Named{"what-if", parseWhatIf},  Named{"scenarios", parseScenarios},
        Named{"open", parseOpen}, Named{"report", parseReport},   Named{"convert", parseConvert}, Named{"screenshot", parseScreenshot}};
    for (const Named &command : commands) {
        if (!arguments.empty() && arguments.front() == command.name)
            return command.parse(arguments.subspan(1));
    }
    return parseWindow(arguments);
}

} // namespace loopscope
