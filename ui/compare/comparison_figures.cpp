#include "ui/compare/comparison_figures.h"

#include "ui/compare/comparison_words.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

#include <algorithm>

namespace loopscope {

namespace {

std::int64_t figureOf(const RunFigures &run, ComparisonColumn column)
{
    const ProcessResources &used = run.resources;
    switch (column) {
    case ComparisonColumn::Cpu:
        return used.cpuNs();
    case ComparisonColumn::Memory:
        return static_cast<std::int64_t>(used.memoryBytes());
    case ComparisonColumn::Threads:
        return used.peakThreads;
    case ComparisonColumn::Descriptors:
        return used.peakDescriptors;
    case ComparisonColumn::Switches:
        return static_cast<std::int64_t>(used.voluntarySwitches + used.involuntarySwitches);
    case ComparisonColumn::LongestStall:
        return run.longestStall;
    case ComparisonColumn::Ready:
        return run.ready;
    case ComparisonColumn::Queued:
        return run.queued;
    case ComparisonColumn::Strategy:
    case ComparisonColumn::Wall:
    case ComparisonColumn::Ratio:
    case ComparisonColumn::Range:
        break;
    }
    return run.wall;
}

/// Whether it tells of the process, which of a prediction or a trace alone is not known.
bool isOfProcess(ComparisonColumn column)
{
    return column == ComparisonColumn::Cpu || column == ComparisonColumn::Memory || column == ComparisonColumn::Threads
           || column == ComparisonColumn::Descriptors || column == ComparisonColumn::Switches;
}

} // namespace

QString columnTitle(ComparisonColumn column)
{
    switch (column) {
    case ComparisonColumn::Strategy:
        return ComparisonWords::tr("strategy");
    case ComparisonColumn::Wall:
        return ComparisonWords::tr("wall");
    case ComparisonColumn::Ratio:
        return QStringLiteral("×");
    case ComparisonColumn::Range:
        return ComparisonWords::tr("range");
    case ComparisonColumn::Cpu:
        return ComparisonWords::tr("CPU");
    case ComparisonColumn::Memory:
        return ComparisonWords::tr("memory");
    case ComparisonColumn::Threads:
        return ComparisonWords::tr("threads");
    case ComparisonColumn::Descriptors:
        return ComparisonWords::tr("descriptors");
    case ComparisonColumn::Switches:
        return ComparisonWords::tr("switches");
    case ComparisonColumn::LongestStall:
        return ComparisonWords::tr("longest stall");
    case ComparisonColumn::Ready:
        return ComparisonWords::tr("ready in all");
    case ComparisonColumn::Queued:
        break;
    }
    return ComparisonWords::tr("queued in all");
}

QString columnExplanation(ComparisonColumn column)
{
    switch (column) {
    case ComparisonColumn::Strategy:
        return ComparisonWords::tr("How the work was done.");
    case ComparisonColumn::Wall:
        return ComparisonWords::tr("How long the work took, without the start of its process: the median of all runs.");
    case ComparisonColumn::Ratio:
        return ComparisonWords::tr("The same as a multiple of the first one's.");
    case ComparisonColumn::Range:
        return ComparisonWords::tr("The fastest and the slowest run.");
    case ComparisonColumn::Cpu:
        return ComparisonWords::tr("Time on processors, user and system, of the whole process and of its helper processes.");
    case ComparisonColumn::Memory:
        return ComparisonWords::tr("The most memory of the process, and what its helper processes have for themselves.");
    case ComparisonColumn::Threads:
        return ComparisonWords::tr("The most threads at once, those of helper processes included.");
    case ComparisonColumn::Descriptors:
        return ComparisonWords::tr("The most files, sockets and the like that the process had open at once.");
    case ComparisonColumn::Switches:
        return ComparisonWords::tr("How often a thread had to wait, or its time was over.");
    case ComparisonColumn::LongestStall:
        return ComparisonWords::tr("The longest time for which one callback held the loop, above the threshold.");
    case ComparisonColumn::Ready:
        return ComparisonWords::tr("How long tasks could have gone on and the loop had not got to them, all tasks together.");
    case ComparisonColumn::Queued:
        break;
    }
    return ComparisonWords::tr("How long tasks waited for a free worker, all tasks together.");
}

QString figureText(const Comparison &comparison, const CandidateResult &result, ComparisonColumn column)
{
    if (column == ComparisonColumn::Strategy)
        return candidateText(result);
    if (result.runs.empty())
        return QStringLiteral("–");
    const bool isMeasured = std::ranges::any_of(result.runs, [](const RunFigures &run) { return run.resources.peakThreads > 0; });
    if (!isMeasured && isOfProcess(column))
        return QStringLiteral("–");
    const Spread spread = result.spreadOf([column](const RunFigures &run) { return figureOf(run, column); });
    switch (column) {
    case ComparisonColumn::Ratio: {
        const double ratio = comparison.ratioOf(result);
        if (ratio == 0) // the first one's is not known
            return QStringLiteral("–");
        return QString::number(ratio, 'f', ratio < 10 ? 2 : 1);
    }
    case ComparisonColumn::Range:
        return formatDuration(spread.least) + QStringLiteral(" – ") + formatDuration(spread.most);
    case ComparisonColumn::Memory:
        return formatBytes(static_cast<quint64>(spread.median));
    case ComparisonColumn::Threads:
    case ComparisonColumn::Descriptors:
    case ComparisonColumn::Switches:
        return formatCount(static_cast<quint64>(spread.median));
    default:
        return formatDuration(spread.median);
    }
}

QString candidateText(const CandidateResult &result)
{
    return shownText(result.candidate.name());
}

QString conditionsText(const Comparison &comparison)
{
    const QString runs = comparison.repetitions == 1 ? ComparisonWords::tr("1 run of each")
                                                     : ComparisonWords::tr("%1 runs of each").arg(comparison.repetitions);
    const QString cores = comparison.cores == 1 ? ComparisonWords::tr("1 core") : ComparisonWords::tr("%1 cores").arg(comparison.cores);
    const QString text = ComparisonWords::tr("%1 after one that does not count, in turn · page cache %2 · %3")
                             .arg(runs, comparison.isCold ? ComparisonWords::tr("cold") : ComparisonWords::tr("hot"), cores);
    return comparison.isComplete ? text : text + ComparisonWords::tr(" · not complete");
}

} // namespace loopscope
