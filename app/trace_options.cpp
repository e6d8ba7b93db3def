#include "app/trace_options.h"

#include "app/option_parsing.h"
#include "core/formats/trace_registry.h"
#include "core/runtime/session.h"

namespace loopscope {

namespace {

constexpr std::string_view openHelp = R"(Opens the window with a trace: a .loopscope file, or Chrome's Trace Event JSON,
packed by gzip or not; or with a comparison, a .loopcompare file. What a file is
is told by its content, not by its name.

Usage: loopscope open TRACE

Options:
)";

constexpr std::string_view reportHelp = R"(Reports on a trace: of a run of Loopscope, what `loopscope run` reports; of
others, counts and times of each lane and of each name, and what in the file
could not be used. Of a .loopcompare file, what `loopscope compare` reports.

Usage: loopscope report TRACE [--json]

Options:
)";

constexpr std::string_view convertHelp = R"(Writes a trace in the format that the ending of OUT stands for:

  .loopscope      all of it, for Loopscope
  .json .json.gz  Chrome's Trace Event JSON, for Perfetto and others; a run of
                  Loopscope comes back from it as it was
  .csv            a row a span, slice or instant, for spreadsheets

Usage: loopscope convert IN OUT

Options:
)";

constexpr std::string_view screenshotHelp = R"(Draws the timeline of a trace into OUT, which ends in .png, .svg or .pdf.

Usage: loopscope screenshot TRACE OUT [OPTION...]

Options:
)";

constexpr std::string_view whatIfHelp = R"(Does a recorded run again, in thought: the same steps of the same tasks with
another number of workers, with blocking calls moved from the loop to the pool,
or with every file in flight at once; and tells how long that would take.

Usage: loopscope what-if TRACE [OPTION...]

Options:
)";

constexpr std::string_view statusHelp = R"(
What of a file could not be used is counted on the standard error.

Exit status:
  0    it is done
  1    the trace could not be read, or the output not be written; then there is
       none, or the earlier one
  2    the command line was wrong
  130  interrupted
)";

constexpr std::array<Option<OpenOptions>, 0> openOptions = {};
constexpr std::array<Option<ConvertOptions>, 0> convertOptions = {};
constexpr std::array reportOptions = {
    Option<ReportOptions>{{"--json", "", "Write the report as JSON"},
                          [](ReportOptions &report, std::string_view) -> OptionOutcome {
                              report.format = ReportFormat::Json;
                              return {};
                          }},
};
constexpr std::array whatIfOptions = {
    Option<WhatIfOptions>{{"--workers", "N", "With so many workers, 1 to 1024"},
                          [](WhatIfOptions &whatIf, std::string_view value) {
                              return store(whatIf.change.workers, parseWholeNumber(value, 1, mostWorkers));
                          }},
    Option<WhatIfOptions>{{"--loop-jobs-to-pool", "", "With calls that blocked the loop handed to the pool"},
                          [](WhatIfOptions &whatIf, std::string_view) -> OptionOutcome {
                              whatIf.change.movesLoopJobs = true;
                              return {};
                          }},
    Option<WhatIfOptions>{{"--endless-in-flight", "", "With no limit to the files read at the same time"},
                          [](WhatIfOptions &whatIf, std::string_view) -> OptionOutcome {
                              whatIf.change.hasEndlessInFlight = true;
                              return {};
                          }},
    Option<WhatIfOptions>{{"--save", "TRACE", "Save the predicted run as a .loopscope file"},
                          [](WhatIfOptions &whatIf, std::string_view value) -> OptionOutcome {
                              if (value.empty())
                                  return wrong("is no name of a file");
                              whatIf.save = localPath(value);
                              return {};
                          }},
    Option<WhatIfOptions>{{"--json", "", "Write the report of the predicted run as JSON"},
                          [](WhatIfOptions &whatIf, std::string_view) -> OptionOutcome {
                              whatIf.format = ReportFormat::Json;
                              return {};
                          }},
};
constexpr std::array screenshotOptions = {
    sizeOption<ScreenshotOptions>,
    scaleOption<ScreenshotOptions>,
    Option<ScreenshotOptions>{
        {"--range", "A..B", "From A to B, such as 1.5s..2s or 250ms..; a number without a unit (ns, us, ms, s) is in ms"},
        [](ScreenshotOptions &shot, std::string_view value) { return store(shot.look.range, parseTimeRange(value)); }},
    Option<ScreenshotOptions>{
        {"--lanes", "PATTERN",
         "Only lanes, or those of processes, in whose name PATTERN occurs, whatever the case; * stands for any text, ? for a character"},
        [](ScreenshotOptions &shot, std::string_view value) -> OptionOutcome {
            shot.look.lanes = value;
            return {};
        }},
    themeOption<ScreenshotOptions>,
};

/// Parses a command that takes operands of these names, no more and no fewer; an error names the command.
template <typename Options>
tl::expected<std::vector<std::string>, UsageError> parseOperands(std::string_view command, Arguments arguments,
                                                                 std::span<const Option<Options>> table, Options &options,
                                                                 std::span<const std::string_view> names)
{
    const auto misused = [command](const std::string &what) {
        return tl::unexpected(UsageError{std::string(command) + ": " + what, "loopscope " + std::string(command)});
    };
    std::vector<std::string> operands;
    if (const auto parsed = parseArguments(arguments, table, options, operands); !parsed)
        return misused(parsed.error());
    if (operands.size() < names.size())
        return misused(std::string(names[operands.size()]) + " is missing");
    if (operands.size() > names.size())
        return misused("there is one file too many: " + displayName(operands[names.size()]));
    for (std::string &operand : operands)
        operand = localPath(operand);
    return operands;
}

constexpr std::array<std::string_view, 1> traceAlone = {"TRACE"};

} // namespace

Parsed parseOpen(Arguments arguments)
{
    const std::span<const Option<OpenOptions>> table = openOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(openHelp, openOptions, "")};
    OpenOptions open;
    auto operands = parseOperands("open", arguments, table, open, traceAlone);
    if (!operands)
        return tl::unexpected(std::move(operands).error());
    open.trace = std::move(operands->front());
    return open;
}

Parsed parseReport(Arguments arguments)
{
    const std::span<const Option<ReportOptions>> table = reportOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(reportHelp, reportOptions, statusHelp)};
    ReportOptions report;
    auto operands = parseOperands("report", arguments, table, report, traceAlone);
    if (!operands)
        return tl::unexpected(std::move(operands).error());
    report.trace = std::move(operands->front());
    return report;
}

Parsed parseWhatIf(Arguments arguments)
{
    const std::span<const Option<WhatIfOptions>> table = whatIfOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(whatIfHelp, whatIfOptions, statusHelp)};
    WhatIfOptions whatIf;
    auto operands = parseOperands("what-if", arguments, table, whatIf, traceAlone);
    if (!operands)
        return tl::unexpected(std::move(operands).error());
    whatIf.trace = std::move(operands->front());
    if (!whatIf.change.workers && !whatIf.change.movesLoopJobs && !whatIf.change.hasEndlessInFlight)
        return tl::unexpected(UsageError{"what-if: nothing would be otherwise: say --workers, --loop-jobs-to-pool or --endless-in-flight",
                                         "loopscope what-if"});
    return whatIf;
}

Parsed parseConvert(Arguments arguments)
{
    constexpr std::array<std::string_view, 2> names = {"IN", "OUT"};
    const std::span<const Option<ConvertOptions>> table = convertOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(convertHelp, convertOptions, statusHelp)};
    ConvertOptions convert;
    auto operands = parseOperands("convert", arguments, table, convert, names);
    if (!operands)
        return tl::unexpected(std::move(operands).error());
    convert.from = std::move(operands->front());
    convert.to = std::move(operands->back());
    if (exportEndingOf(convert.to).empty())
        return tl::unexpected(UsageError{"convert: " + displayName(convert.to) + " ends in none of .loopscope, .json, .json.gz and .csv",
                                         "loopscope convert"});
    return convert;
}

Parsed parseScreenshot(Arguments arguments)
{
    constexpr std::array<std::string_view, 2> names = {"TRACE", "OUT"};
    const std::span<const Option<ScreenshotOptions>> table = screenshotOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(screenshotHelp, screenshotOptions, statusHelp)};
    const auto misused = [](const std::string &what) { return tl::unexpected(UsageError{"screenshot: " + what, "loopscope screenshot"}); };
    ScreenshotOptions shot;
    auto operands = parseOperands("screenshot", arguments, table, shot, names);
    if (!operands)
        return tl::unexpected(std::move(operands).error());
    shot.trace = std::move(operands->front());
    const auto picture = parsePictureName(operands->back());
    if (!picture)
        return misused('"' + displayName(operands->back()) + "\" " + picture.error());
    shot.picture = *picture;
    if (const auto what = misusedScale(shot.picture, shot.look))
        return misused(*what);
    return shot;
}

} // namespace loopscope
