#include "core/experiment/comparison_report.h"
#include "core/text/display_text.h"
#include "core/text/number_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace loopscope {

namespace {

constexpr std::size_t mostTasksListed = 10;
constexpr std::size_t longestTaskName = 40;

using Row = std::vector<std::string>;

/// Rows of cells as lines: the first column to the left, the others to the right.
std::string tableText(const std::vector<Row> &rows)
{
    std::vector<std::size_t> widths;
    for (const Row &row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string text;
    for (const Row &row : rows) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string space(widths[i] - row[i].size(), ' ');
            line += i == 0 ? row[i] + space : "  " + space + row[i];
        }
        text += line.substr(0, line.find_last_not_of(' ') + 1) + '\n';
    }
    return text;
}

std::string ratioText(double ratio)
{
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), ratio < 10 ? "%.2f" : "%.1f", ratio);
    return text.data();
}

std::string rangeText(const Spread &spread)
{
    return durationText(spread.least) + " - " + durationText(spread.most);
}

Row rowOf(const Comparison &comparison, const CandidateResult &result)
{
    if (result.runs.empty())
        return {result.candidate.name(), "-"};
    const auto median = [&result](auto figure) { return result.spreadOf(figure).median; };
    const auto count = [&median](auto figure) { return std::to_string(median(figure)); };
    const auto time = [&median](auto figure) { return durationText(median(figure)); };
    const auto signedOf = [](std::uint64_t value) { return static_cast<std::int64_t>(value); };
    return {
        result.candidate.name(),
        durationText(result.wall().median),
        ratioText(comparison.ratioOf(result)),
        rangeText(result.wall()),
        time([](const RunFigures &run) { return run.resources.cpuNs(); }),
        bytesText(static_cast<double>(median([&](const RunFigures &run) { return signedOf(run.resources.memoryBytes()); }))),
        count([](const RunFigures &run) { return std::int64_t(run.resources.peakThreads); }),
        count([](const RunFigures &run) { return std::int64_t(run.resources.peakDescriptors); }),
        count([&](const RunFigures &run) { return signedOf(run.resources.voluntarySwitches + run.resources.involuntarySwitches); }),
        time([](const RunFigures &run) { return run.longestStall; }),
        time([](const RunFigures &run) { return run.ready; }),
        time([](const RunFigures &run) { return run.queued; }),
    };
}

std::string headline(const Comparison &comparison)
{
    const std::string runs = countText(static_cast<std::uint64_t>(comparison.repetitions), "run");
    const std::string cores = countText(static_cast<std::uint64_t>(comparison.cores), "core");
    return displayText(comparison.title) + ": " + runs + " of each after one that does not count, in turn; page cache "
           + (comparison.isCold ? "cold" : "hot") + "; " + cores + (comparison.isComplete ? "" : "; cancelled") + '\n';
}

std::string tasksText(const Comparison &comparison)
{
    std::vector<ComparedTask> tasks = compareTasks(comparison);
    std::erase_if(tasks, [](const ComparedTask &task) { return task.difference() == 0; });
    const std::size_t all = tasks.size();
    std::ranges::stable_sort(tasks, std::greater<>(), &ComparedTask::difference);
    tasks.resize(std::min(all, mostTasksListed));
    if (tasks.empty())
        return {};
    std::vector<Row> rows{{"done after"}};
    for (const CandidateResult &result : comparison.candidates)
        rows.front().push_back(result.candidate.name());
    for (const ComparedTask &task : tasks) {
        Row &row = rows.emplace_back(Row{elidedMiddle(displayText(task.name), longestTaskName)});
        for (const std::optional<Nanoseconds> &end : task.ends)
            row.push_back(end ? durationText(*end) : "-");
    }
    const std::string more = all > tasks.size() ? "... and " + countText(all - tasks.size(), "more task") + '\n' : "";
    return '\n' + tableText(rows) + more;
}

} // namespace

std::string comparisonText(const Comparison &comparison)
{
    std::vector<Row> rows{
        {"", "wall", "x", "range", "cpu", "memory", "threads", "files", "switches", "longest stall", "ready in all", "queued in all"}};
    for (const CandidateResult &result : comparison.candidates)
        rows.push_back(rowOf(comparison, result));
    std::string text = headline(comparison) + '\n' + tableText(rows);
    const std::vector<std::string> notes = comparison.notes();
    if (!notes.empty())
        text += '\n';
    for (const std::string &note : notes)
        text += note + '\n';
    return text + tasksText(comparison);
}

} // namespace loopscope
