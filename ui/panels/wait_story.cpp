#include "ui/panels/wait_story.h"

#include "core/analysis/culprits.h"
#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/span_navigation.h"
#include "ui/timeline/task_text.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace loopscope {

namespace {

struct WaitWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::WaitStory)
};

/// A span with its surroundings.
struct Told {
    const Trace &trace;
    LaneId task;
    std::size_t index;
    Span span = trace.span(task, index);

    [[nodiscard]] bool isOpen() const { return trace.lane(task).isOpen() && index + 1 == trace.spanCount(task); }
    [[nodiscard]] QString length() const { return formatDuration(span.length()); }
    [[nodiscard]] QString begin() const { return formatInstant(span.begin); }
    [[nodiscard]] QString reason() const { return shownText(trace.reason(span.site)); }
    [[nodiscard]] bool isStall() const { return span.length() > trace.info().stallThreshold; }
};

QString quoted(const QString &reason)
{
    return reason.isEmpty() ? QString() : QStringLiteral(" “%1”").arg(reason);
}

QString culpritSentence(const Told &told, const std::vector<Culprit> &culprits)
{
    if (culprits.empty())
        return WaitWords::tr("No task held the loop meanwhile.");
    const auto &[worst, longest] = culprits.front();
    Nanoseconds held = 0;
    for (const Culprit &culprit : culprits)
        held += culprit.held;
    if (held < told.span.length() / 2)
        return WaitWords::tr("Tasks held the loop for %1 of that, %2 the longest; the rest was the loop's own work, or a busy machine.")
            .arg(formatDuration(held), laneTitle(told.trace, worst));
    const QString first = WaitWords::tr("%1 (%2)").arg(laneTitle(told.trace, worst), formatDuration(longest));
    return culprits.size() == 1 ? WaitWords::tr("The loop was held by %1.").arg(first)
                                : WaitWords::tr("The loop was held by %1 and %2.")
                                      .arg(first, counted(culprits.size() - 1, WaitWords::tr("1 other"), WaitWords::tr("%1 others")));
}

/// The longest blocking span of `task` that lies in `range`, at least in part.
std::optional<Span> longestBlocking(const Trace &trace, LaneId task, TimeRange range)
{
    std::optional<Span> longest;
    for (std::size_t i = trace.firstSpanEndingAfter(task, range.begin); i < trace.spanCount(task); ++i) {
        const Span span = trace.span(task, i);
        if (span.begin >= range.end)
            break;
        if (span.state == State::Blocking && (!longest || span.length() > longest->length()))
            longest = span;
    }
    return longest;
}

/// Says what to do about a call of `task` that blocked the loop for too long.
void addRemedy(const Trace &trace, LaneId task, const Span &blocking, Passage &passage)
{
    if (blocking.length() <= trace.info().stallThreshold)
        return;
    passage.text += QLatin1Char(' ')
                    + WaitWords::tr("%1 made a call that blocks, on the loop, for %2. Hand it to the pool:")
                          .arg(laneTitle(trace, task), formatDuration(blocking.length()));
    const QString reason = shownText(trace.reason(blocking.site)).replace(QLatin1Char('"'), QStringLiteral("\\\""));
    const QString name = reason.isEmpty() ? QStringLiteral("job") : reason;
    passage.linesBefore = QStringLiteral("runtime.blockLoop(job, \"%1\");").arg(name);
    passage.linesAfter = QStringLiteral("co_await runtime.runBlocking(job, \"%1\");").arg(name);
    passage.pythonBefore = QStringLiteral("job()");
    passage.pythonAfter = QStringLiteral("await asyncio.to_thread(job)");
}

Passage onReady(const Told &told)
{
    Passage passage;
    passage.heading = told.isOpen() ? WaitWords::tr("Why it is late") : WaitWords::tr("Why it was late");
    const bool isNew = told.index == 0;
    if (told.isOpen())
        passage.text = WaitWords::tr("It has been ready since %1, for %2 by now.").arg(told.begin(), told.length());
    else if (isNew)
        passage.text = WaitWords::tr("It was created at %1 and began to run %2 later.").arg(told.begin(), told.length());
    else
        passage.text = WaitWords::tr("It was ready at %1 and ran %2 later.").arg(told.begin(), told.length());
    const std::vector<Culprit> culprits = culpritsOf(told.trace, told.span);
    passage.text += QLatin1Char(' ') + culpritSentence(told, culprits);
    if (!culprits.empty()) {
        if (const auto blocking = longestBlocking(told.trace, culprits.front().task, told.span.range()))
            addRemedy(told.trace, culprits.front().task, *blocking, passage);
    }
    return passage;
}

/// How many workers were at work nearly all the time of `range`.
std::size_t busyWorkers(const Trace &trace, TimeRange range)
{
    const auto isBusy = [&](LaneId worker) { return trace.timesIn(worker, range)[State::InWorker] >= range.length() / 10 * 9; };
    return static_cast<std::size_t>(std::ranges::count_if(trace.workers(), isBusy));
}

/// Whether the job that was queued then is the first that its worker had: nothing if it has not begun.
std::optional<bool> isFirstOfItsWorker(const Told &told)
{
    const std::size_t next = told.index + 1;
    if (next >= told.trace.spanCount(told.task))
        return std::nullopt;
    const Span job = told.trace.span(told.task, next);
    if (job.state != State::InWorker || !told.trace.hasLane(job.peer))
        return std::nullopt;
    return told.trace.firstSpanEndingAfter(job.peer, job.begin) == 0;
}

/// Whether a job of `task` had been queued before `at`, and still was.
bool isQueuedAt(const Trace &trace, LaneId task, Nanoseconds at)
{
    const std::size_t i = trace.firstSpanEndingAfter(task, at);
    if (i == trace.spanCount(task))
        return false;
    const Span span = trace.span(task, i);
    return span.state == State::Queued && span.begin < at;
}

/// How many jobs the pool had to take first, as it takes them in the order in which they are queued.
std::size_t jobsAheadOf(const Told &told)
{
    const auto isAhead = [&](LaneId task) { return isQueuedAt(told.trace, task, told.span.begin); };
    return static_cast<std::size_t>(std::ranges::count_if(told.trace.tasks(), isAhead));
}

/// How many workers had no job when this one was queued.
std::size_t idleWorkers(const Told &told)
{
    const auto isIdle = [&](LaneId worker) {
        const std::size_t i = told.trace.firstSpanEndingAfter(worker, told.span.begin);
        return i == told.trace.spanCount(worker) || told.trace.span(worker, i).begin > told.span.begin;
    };
    return static_cast<std::size_t>(std::ranges::count_if(told.trace.workers(), isIdle));
}

/// Why no worker took the job sooner.
QString workersMeanwhile(const Told &told)
{
    const std::size_t workers = told.trace.workers().size();
    if (busyWorkers(told.trace, told.span.range()) == workers)
        return workers == 1 ? WaitWords::tr("The only worker was busy.")
                            : WaitWords::tr("All %1 workers were busy.").arg(formatCount(workers));
    // Between short jobs a worker pauses too often to count as busy.
    if (const std::size_t ahead = jobsAheadOf(told); ahead > 0 && ahead >= idleWorkers(told))
        return counted(ahead, WaitWords::tr("1 job was ahead of it in the queue."),
                       WaitWords::tr("%1 jobs were ahead of it in the queue."));
    const QString free =
        workers == 1 ? WaitWords::tr("The only worker was not busy all the time") : WaitWords::tr("Not all workers were busy");
    const std::optional<bool> isFirst = isFirstOfItsWorker(told);
    if (!isFirst)
        return WaitWords::tr("%1: a thread has to start, to wake, or to get a processor.").arg(free);
    return *isFirst ? WaitWords::tr("%1: the thread that took it had to be started first.").arg(free)
                    : WaitWords::tr("%1: the thread that took it had to wake, or waited for a processor.").arg(free);
}

Passage onQueued(const Told &told)
{
    Passage passage;
    passage.heading = told.isOpen() ? WaitWords::tr("Why it is queued") : WaitWords::tr("Why it was queued");
    passage.text = told.isOpen()
                       ? WaitWords::tr("It was handed to the pool at %1 and has waited %2 for a worker.").arg(told.begin(), told.length())
                       : WaitWords::tr("It was handed to the pool at %1, and a worker began %2 later.").arg(told.begin(), told.length());
    if (!told.trace.workers().empty())
        passage.text += QLatin1Char(' ') + workersMeanwhile(told);
    return passage;
}

/// What the loop had to do while a job was on a worker.
QString loopMeanwhile(const Told &told)
{
    const StateTimes loop = told.trace.timesIn(loopLaneId, told.span.range());
    const Nanoseconds length = std::max<Nanoseconds>(1, told.span.length());
    const QString share = formatPercent(static_cast<double>(loop.total()) / static_cast<double>(length));
    if (loop[State::Blocking] > 0 || loop.total() > length / 2)
        return WaitWords::tr("The loop was busy for %1 of that.").arg(share);
    return WaitWords::tr("The loop was free for others meanwhile: busy for %1 of that.").arg(share);
}

Passage onInWorker(const Told &told)
{
    const QString worker = told.trace.hasLane(told.span.peer) ? laneTitle(told.trace, told.span.peer) : WaitWords::tr("a worker");
    Passage passage;
    passage.heading = WaitWords::tr("In a worker");
    passage.text =
        told.isOpen()
            ? WaitWords::tr("%1 has been at its job%2 since %3, for %4.").arg(worker, quoted(told.reason()), told.begin(), told.length())
            : WaitWords::tr("%1 did its job%2 from %3 on, for %4.").arg(worker, quoted(told.reason()), told.begin(), told.length());
    passage.text += QLatin1Char(' ') + loopMeanwhile(told);
    passage.text[0] = passage.text[0].toUpper();
    return passage;
}

Passage onAwaiting(const Told &told)
{
    Passage passage;
    passage.heading = told.isOpen() ? WaitWords::tr("What it waits for") : WaitWords::tr("What it waited for");
    passage.text = told.isOpen()
                       ? WaitWords::tr("It has awaited%1 since %2, for %3.").arg(quoted(told.reason()), told.begin(), told.length())
                       : WaitWords::tr("It awaited%1 from %2 on, for %3.").arg(quoted(told.reason()), told.begin(), told.length());
    return passage;
}

Passage onBlocking(const Told &told)
{
    Passage passage;
    passage.heading = told.isOpen() ? WaitWords::tr("It blocks the loop") : WaitWords::tr("It blocked the loop");
    passage.text = told.isOpen() ? WaitWords::tr("Since %1, for %2 by now, no other task can run.").arg(told.begin(), told.length())
                                 : WaitWords::tr("From %1 on, for %2, no other task could run.").arg(told.begin(), told.length());
    addRemedy(told.trace, told.task, told.span, passage);
    return passage;
}

Passage onRunning(const Told &told)
{
    Passage passage;
    passage.heading = told.isOpen() ? WaitWords::tr("It runs") : WaitWords::tr("It ran");
    passage.text = told.isOpen() ? WaitWords::tr("It has run on the loop since %1, for %2.").arg(told.begin(), told.length())
                                 : WaitWords::tr("It ran on the loop from %1 on, for %2.").arg(told.begin(), told.length());
    if (told.isStall())
        passage.text +=
            QLatin1Char(' ')
            + WaitWords::tr(
                "That is a stall: no other task could run. Do it in smaller pieces with an await between them, or hand it to the pool.");
    return passage;
}

/// How much a span says: a stall before lateness, lateness before everything else, if it was a tenth of the life or as long as a stall.
int rankOf(const Trace &trace, const Span &span, Nanoseconds life)
{
    const bool isLong = span.length() > trace.info().stallThreshold;
    if (span.state == State::Blocking && isLong)
        return 2;
    return span.state == State::Ready && (isLong || span.length() >= life / 10) ? 1 : 0;
}

} // namespace

std::optional<std::size_t> tellingSpan(const Trace &trace, LaneId task)
{
    const std::size_t count = trace.spanCount(task);
    if (count == 0)
        return std::nullopt;
    if (trace.lane(task).isOpen())
        return count - 1;
    const Nanoseconds life = lifetime(trace, trace.lane(task)).length();
    std::size_t best = 0;
    std::pair<int, Nanoseconds> bestRank{-1, 0};
    for (std::size_t i = 0; i < count; ++i) {
        const Span span = trace.span(task, i);
        const std::pair rank{rankOf(trace, span, life), span.length()};
        if (rank > bestRank) {
            best = i;
            bestRank = rank;
        }
    }
    return best;
}

Passage passageOn(const Trace &trace, LaneId task, std::size_t span)
{
    const Told told{trace, task, span};
    switch (told.span.state) {
    case State::Running:
        return onRunning(told);
    case State::Ready:
        return onReady(told);
    case State::Awaiting:
        return onAwaiting(told);
    case State::Queued:
        return onQueued(told);
    case State::InWorker:
        return onInWorker(told);
    case State::Blocking:
        return onBlocking(told);
    case State::Slice:
        break; // not of a task
    }
    return {};
}

std::optional<Fact> wokenBy(const Trace &trace, LaneId task, std::size_t span)
{
    const std::optional<Wake> wake = wakeOf(trace, {task, span});
    if (!wake || !trace.hasLane(wake->from))
        return std::nullopt;
    Target target{wake->from, std::nullopt};
    if (const std::optional<SpanPlace> cause = causeOf(trace, {task, span}))
        target.span = cause->span;
    return Fact{WaitWords::tr("Woken by"), WaitWords::tr("%1 at %2").arg(laneTitle(trace, wake->from), formatInstant(wake->at)), target};
}

std::optional<Fact> sourceLine(const Trace &trace, const Span &span)
{
    const Site &site = trace.site(span.site);
    if (site.file == 0)
        return std::nullopt;
    QString place = QStringLiteral("%1:%2").arg(shownText(trace.name(site.file)), QString::number(site.line));
    const QString function = bareFunctionName(shownText(trace.name(site.function)));
    if (!function.isEmpty())
        place = joinedByDots({place, function});
    return Fact{holdsLoop(span.state) ? WaitWords::tr("Source") : WaitWords::tr("Waits at"), place, std::nullopt};
}

QString bareFunctionName(const QString &spelled)
{
    // The last name before the first parenthesis that opens a list of parameters: types and namespaces stand before it.
    static const QRegularExpression name(QStringLiteral("([A-Za-z_~][A-Za-z0-9_]*)\\s*(?:<[^()]*>)?\\("));
    const QRegularExpressionMatch match = name.match(spelled);
    return match.hasMatch() ? match.captured(1) : spelled;
}

} // namespace loopscope
