#include "ui/panels/run_summary.h"

#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/facts_at_hand.h"
#include "ui/timeline/lane_text.h"
#include "ui/timeline/task_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

namespace {

constexpr qint64 madeAnewAfterMs = 100;
// A loop that is busy for long lets them be looked for in every task.
constexpr qint64 largeStallsLastMs = 1000;

struct SummaryWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::RunSummary)
};

bool readsFilesOnly(const Trace &trace)
{
    return trace.totals().files == trace.tasks().size();
}

std::size_t endedCount(const Trace &trace)
{
    return trace.tasks().size() - trace.totals()[Outcome::Unfinished];
}

QString inDigits(std::size_t count, Digits digits)
{
    return digits == Digits::Plain ? QString::number(count) : formatCount(count);
}

/// ", 2 failed, 1 cancelled": whatever did not go well.
QString misfortunes(const Trace &trace, Digits digits)
{
    QString text;
    if (const std::size_t failed = trace.totals()[Outcome::Failed]; failed > 0)
        text += SummaryWords::tr(", %1 failed").arg(inDigits(failed, digits));
    if (const std::size_t cancelled = trace.totals()[Outcome::Cancelled]; cancelled > 0)
        text += SummaryWords::tr(", %1 cancelled").arg(inDigits(cancelled, digits));
    return text;
}

// Those that are still to be made, too.
std::size_t knownTasks(const Trace &trace)
{
    return trace.tasks().size() + trace.info().tasksToCome;
}

QString filesProgress(const Trace &trace, Digits digits)
{
    const std::size_t done = trace.totals()[Outcome::Done];
    if (!trace.info().finished)
        return SummaryWords::tr("Reading %1 of %2 files").arg(inDigits(endedCount(trace), digits), inDigits(knownTasks(trace), digits));
    return (done == 1 ? SummaryWords::tr("1 file read") : SummaryWords::tr("%1 files read").arg(inDigits(done, digits)))
           + misfortunes(trace, digits);
}

QString tasksProgress(const Trace &trace, Digits digits)
{
    const std::size_t done = trace.totals()[Outcome::Done];
    if (!trace.info().finished)
        return SummaryWords::tr("%1 of %2 tasks done").arg(inDigits(endedCount(trace), digits), inDigits(knownTasks(trace), digits));
    return (done == 1 ? SummaryWords::tr("1 task done") : SummaryWords::tr("%1 tasks done").arg(inDigits(done, digits)))
           + misfortunes(trace, digits);
}

QString progressPart(const Trace &trace)
{
    QString text = progressText(trace);
    std::uint64_t skipped = 0;
    for (const auto &[kind, count] : trace.info().skipped)
        skipped += count;
    if (skipped > 0)
        text += SummaryWords::tr(", %1 skipped").arg(formatCount(skipped));
    return text;
}

QString timePart(const Trace &trace)
{
    const QString wall = formatDuration(runLength(trace));
    return trace.totals().files > 0 ? SummaryWords::tr("%1 in %2").arg(formatBytes(trace.totals().bytes), wall) : wall;
}

QString loopPart(const Trace &trace, Nanoseconds longestStall)
{
    const double share = static_cast<double>(busyTime(trace, loopLaneId)) / static_cast<double>(runLength(trace));
    const QString text = SummaryWords::tr("loop busy %1").arg(formatPercent(share));
    return longestStall > 0 ? SummaryWords::tr("%1, longest stall %2").arg(text, formatDuration(longestStall))
                            : SummaryWords::tr("%1, no stall").arg(text);
}

QString recordPart(const Trace &trace)
{
    const std::uint64_t dropped = trace.info().droppedEvents;
    const std::size_t spans = trace.spanCount();
    return SummaryWords::tr("%1, %2, %3")
        .arg(spans == 1 ? SummaryWords::tr("1 span") : SummaryWords::tr("%1 spans").arg(formatCount(spans)), formatBytes(trace.byteSize()),
             dropped == 0   ? SummaryWords::tr("none dropped")
             : dropped == 1 ? SummaryWords::tr("1 event dropped")
                            : SummaryWords::tr("%1 events dropped").arg(formatCount(dropped)));
}

// Rows of a thread are one with it.
QString threadsText(const Trace &trace, Digits digits)
{
    std::size_t threads = 0;
    std::size_t counters = 0;
    for (const LaneId lane : trace.rows()) {
        threads += trace.lane(lane).kind == LaneKind::Thread ? 1 : 0;
        counters += trace.lane(lane).kind == LaneKind::Counter ? 1 : 0;
    }
    const std::size_t processes = trace.processes().size();
    QString text = threads == 1 ? SummaryWords::tr("1 thread") : SummaryWords::tr("%1 threads").arg(inDigits(threads, digits));
    if (processes > 0)
        text = processes == 1 ? SummaryWords::tr("%1 of 1 process").arg(text)
                              : SummaryWords::tr("%1 of %2 processes").arg(text, inDigits(processes, digits));
    if (counters == 0)
        return text;
    return text + (counters == 1 ? SummaryWords::tr(", 1 counter") : SummaryWords::tr(", %1 counters").arg(inDigits(counters, digits)));
}

QString problemsPart(const RunInfo &info)
{
    std::uint64_t leftOut = 0;
    std::uint64_t mended = 0;
    for (const ImportProblem &problem : info.problems)
        (problem.isLeftOut ? leftOut : mended) += problem.count;
    QStringList parts;
    if (leftOut > 0)
        parts += SummaryWords::tr("%1 left out").arg(formatCount(leftOut));
    if (mended > 0)
        parts += SummaryWords::tr("%1 mended").arg(formatCount(mended));
    return parts.join(QStringLiteral(", "));
}

QString importLine(const Trace &trace)
{
    const std::size_t slices = trace.spanCount();
    QStringList parts{threadsText(trace, Digits::Grouped),
                      (slices == 1 ? SummaryWords::tr("%1 slice in %2") : SummaryWords::tr("%1 slices in %2"))
                          .arg(formatCount(slices), formatDuration(runLength(trace))),
                      formatBytes(trace.byteSize()), problemsPart(trace.info())};
    parts.removeAll(QString());
    return joinedByDots(parts);
}

QString findingsPart(std::size_t findings)
{
    if (findings == 0)
        return {};
    return findings == 1 ? SummaryWords::tr("1 finding") : SummaryWords::tr("%1 findings").arg(formatCount(findings));
}

QString lineOf(const Trace &trace, Nanoseconds longestStall, std::size_t findings = 0)
{
    if (!trace.hasLoop())
        return importLine(trace);
    if (trace.tasks().empty())
        return trace.info().finished ? SummaryWords::tr("No tasks") : QString();
    QStringList parts{progressPart(trace), timePart(trace), loopPart(trace, longestStall), findingsPart(findings), recordPart(trace)};
    parts.removeAll(QString());
    return joinedByDots(parts);
}

} // namespace

QString skippedText(const RunInfo &info)
{
    QStringList kinds;
    for (const auto &[kind, count] : info.skipped)
        kinds.append(QStringLiteral("%1 × %2").arg(formatCount(count), shownText(kind).replace(QLatin1Char('_'), QLatin1Char(' '))));
    return kinds.join(QStringLiteral(", "));
}

QString problemText(const ImportProblem &problem)
{
    return SummaryWords::tr("%1: %2, the first at byte %3")
        .arg(shownText(problem.what), formatCount(problem.count), formatCount(problem.firstByte));
}

QString progressText(const Trace &trace, Digits digits)
{
    if (!trace.hasLoop())
        return threadsText(trace, digits);
    if (trace.tasks().empty())
        return {};
    return readsFilesOnly(trace) ? filesProgress(trace, digits) : tasksProgress(trace, digits);
}

QString progressTitle(const Trace &trace)
{
    const QString text = progressText(trace, Digits::Plain);
    const QString title = shownText(trace.info().title);
    const bool saysItAll = trace.hasLoop() && readsFilesOnly(trace);
    return text.isEmpty() || title.isEmpty() || saysItAll ? text : SummaryWords::tr("%1: %2").arg(title, text);
}

QString statusLine(const Trace &trace)
{
    const auto known = trace.hasLoop() ? stallsAtHand(trace) : std::vector<Stall>();
    return statusLine(trace, known ? *known : findStalls(trace));
}

QString statusLine(const Trace &trace, const std::vector<Stall> &stalls)
{
    return lineOf(trace, loopUse(trace, stalls).longestStall);
}

bool RunStatus::isFresh(const Trace &trace) const
{
    return isFinal_ || (!trace.info().finished && sinceMade_.isValid() && sinceMade_.elapsed() < madeAnewAfterMs);
}

const QString &RunStatus::lineFor(const std::shared_ptr<const Trace> &trace)
{
    if (trace_.lock() != trace) {
        *this = RunStatus();
        trace_ = trace;
    }
    if (!trace || isFresh(*trace))
        return line_;
    if (!trace->hasLoop()) {
        isFinal_ = trace->info().finished;
        line_ = importLine(*trace);
        sinceMade_.start();
        return line_;
    }
    const auto stalls = trace->info().finished ? stallsAtHand(*trace) : std::nullopt;
    if (stalls) {
        const auto explanation = explanationAtHand(trace);
        isFinal_ = explanation != nullptr;
        line_ = lineOf(*trace, loopUse(*trace, *stalls).longestStall, explanation ? explanation->findings.size() : 0);
    } else {
        if (!isLarge(*trace) || !sinceStalls_.isValid() || sinceStalls_.elapsed() > largeStallsLastMs || trace->info().finished) {
            longestStall_.update(*trace);
            sinceStalls_.start();
        }
        line_ = lineOf(*trace, longestStall_.length());
    }
    sinceMade_.start();
    return line_;
}

} // namespace loopscope
