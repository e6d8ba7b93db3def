#include "app/compare_options.h"

#include "app/option_parsing.h"
#include "core/experiment/comparison_file.h"
#include "core/experiment/experiment_plan.h"
#include "core/experiment/strategy.h"
#include "core/runtime/session.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int narrowestPicture = 320;

constexpr std::string_view compareHelp = R"(Does the same work in several ways, each time in a process of its own, and
compares what it took.

Usage: loopscope compare [OPTION...] [FILE|FOLDER...]

Files are read by the strategies sequential, coroutines, threads, processes and
io_uring. A scenario whose jobs can be placed is run with them on the loop, the
pool, timers, threads or processes, as far as it lets one choose.

Options:
)";

constexpr std::string_view compareHelpEnd = R"(
Each candidate first runs once without being counted; then they take turns.
Times are those of the work, all else is the whole process's. Of several runs
the median is told, and the range.

Exit status:
  0    it was measured
  1    nothing could be measured, or an output not be written
  2    the command line was wrong, or the scenario is
  130  interrupted; what was measured until then is reported
)";

/// The parts of "a,b,c".
std::vector<std::string_view> listOf(std::string_view text)
{
    std::vector<std::string_view> parts;
    for (std::size_t comma = 0; comma != std::string_view::npos; text.remove_prefix(std::min(text.size(), comma) + (comma < text.size()))) {
        comma = text.find(',');
        parts.push_back(text.substr(0, comma));
    }
    return parts;
}

OptionOutcome setStrategies(CompareOptions &compare, std::string_view value)
{
    compare.strategies.clear();
    for (const std::string_view key : listOf(value)) {
        if (key.empty() || std::ranges::find(compare.strategies, key) != compare.strategies.end())
            return wrong("is no list of different names, such as pool,threads");
        compare.strategies.emplace_back(key);
    }
    return {};
}

OptionOutcome setWorkerCounts(CompareOptions &compare, std::string_view value)
{
    compare.workers.clear();
    for (const std::string_view count : listOf(value)) {
        const auto workers = parseWholeNumber(count, 1, mostWorkers);
        if (!workers || std::ranges::find(compare.workers, *workers) != compare.workers.end())
            return wrong("is no list of different numbers from 1 to " + std::to_string(mostWorkers) + ", such as 1,2,4");
        compare.workers.push_back(*workers);
    }
    return {};
}

OptionOutcome setComparisonReport(CompareOptions &compare, std::string_view value)
{
    if (value != "text" && value != "json" && value != "csv")
        return wrong("is none of text, json and csv");
    using Report = CompareOptions::Report;
    compare.report = value == "json" ? Report::Json : value == "csv" ? Report::Csv : Report::Text;
    return {};
}

OptionOutcome setComparisonFile(CompareOptions &compare, std::string_view value)
{
    if (!endsWith(value, comparisonEnding))
        return wrong("does not end in " + std::string(comparisonEnding));
    compare.save = localPath(value);
    return {};
}

constexpr std::array compareOptions = {
    Option<CompareOptions>{
        {"--scenario", "NAME|FILE", "Run a built-in scenario, or the one in FILE; `loopscope scenarios` lists the former"},
        [](CompareOptions &compare, std::string_view value) -> OptionOutcome {
            compare.scenario = localPath(value);
            return {};
        }},
    setOption<CompareOptions>,
    Option<CompareOptions>{{"--strategies", "A,B,...", "Compare these, the first with the others; by default all that fit the work"},
                           setStrategies},
    Option<CompareOptions>{{"--workers", "N,M,...", "Run with each of these numbers of workers where it makes a difference, such as 1,2,4"},
                           setWorkerCounts},
    Option<CompareOptions>{{"--repeat", "N", "Runs of each that count, 1 to 1000; 5 by default"},
                           [](CompareOptions &compare, std::string_view value) {
                               return store(compare.repetitions, parseWholeNumber(value, 1, mostRepetitions));
                           }},
    Option<CompareOptions>{{"--cold", "", "Empty the system's page cache before each run, so that files come from the disk; needs root"},
                           [](CompareOptions &compare, std::string_view) -> OptionOutcome {
                               compare.isCold = true;
                               return {};
                           }},
    Option<CompareOptions>{
        {"--screenshot", "PIC", "Draw table, curve and timelines into PIC, which ends in .png, .svg or .pdf"},
        [](CompareOptions &compare, std::string_view value) { return store(compare.screenshot, parsePictureName(value)); }},
    Option<CompareOptions>{{"--width", "W", "Width of the picture in pixels; 1440 by default"},
                           [](CompareOptions &compare, std::string_view value) {
                               return store(compare.width, parseWholeNumber(value, narrowestPicture, mostPixels));
                           }},
    scaleOption<CompareOptions>,
    themeOption<CompareOptions>,
    Option<CompareOptions>{{"--save", "FILE.loopcompare", "Save the comparison, with a trace of each candidate, as one file"},
                           setComparisonFile},
    Option<CompareOptions>{
        {"--report", "text|json|csv", "What to write to the standard output: a table, which is the default, everything, or a row a run"},
        setComparisonReport},
};

/// What is wrong with the options together; nothing if they go together.
std::optional<std::string> misuseOf(const CompareOptions &compare)
{
    if (!compare.scenario && compare.paths.empty())
        return "there is nothing to compare: name a file, a folder or a --scenario";
    if (!compare.scenario && !compare.values.empty())
        return "--set needs a --scenario whose parameter it sets";
    if (compare.values.contains(std::string(placeParameter)))
        return "--set place=... is what strategies differ in: choose --strategies instead";
    const char *option = compare.width ? "--width" : compare.look.scale ? "--scale" : compare.look.isDark ? "--theme" : nullptr;
    if (option && !compare.screenshot)
        return std::string(option) + " needs a --screenshot";
    return compare.screenshot ? misusedScale(*compare.screenshot, compare.look) : std::nullopt;
}

} // namespace

Parsed parseCompare(Arguments arguments)
{
    const std::span<const Option<CompareOptions>> table = compareOptions;
    if (asksForHelp(arguments, table))
        return ShowText{commandHelp(compareHelp, compareOptions, compareHelpEnd)};
    const auto misused = [](std::string what) { return tl::unexpected(UsageError{"compare: " + what, "loopscope compare"}); };
    CompareOptions compare;
    if (const auto parsed = parseArguments(arguments, table, compare, compare.paths); !parsed)
        return misused(parsed.error());
    if (const auto what = misuseOf(compare))
        return misused(*what);
    std::ranges::transform(compare.paths, compare.paths.begin(), localPath);
    return compare;
}

} // namespace loopscope
