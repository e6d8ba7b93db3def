#include "ui/timeline/lane_text.h"

#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"
#include "ui/timeline/facts_at_hand.h"
#include "ui/timeline/timeline_words.h"

#include <QStringList>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

double shareOfRun(const Trace &trace, Nanoseconds time)
{
    return static_cast<double>(time) / static_cast<double>(runLength(trace));
}

QString bytesText(std::uint64_t bytes, ByteFigures figures)
{
    return figures == ByteFigures::Exact ? TimelineWords::tr("%1 bytes").arg(bytes) : formatBytes(bytes);
}

QString stateNow(const Trace &trace, const Lane &lane)
{
    const auto &file = lane.task.file;
    const auto open = lane.open();
    const bool isWaitingForSlot = open && open->state == State::Awaiting;
    if (file && file->size.value_or(0) > 0 && file->bytes > 0 && !isWaitingForSlot)
        return formatPercent(static_cast<double>(std::min(file->bytes, *file->size)) / static_cast<double>(*file->size));
    if (!open)
        return {};
    const QString state = QString::fromUtf8(stateTitle(open->state).data());
    if (open->state == State::InWorker && trace.hasLane(open->peer))
        return state + QStringLiteral(" #%1").arg(trace.lane(open->peer).number());
    const QString reason = shownText(trace.reason(open->site));
    return open->state == State::Awaiting && !reason.isEmpty() ? state + QLatin1Char(' ') + reason : state;
}

QString doneText(const Trace &trace, const TaskFacts &task, ByteFigures figures)
{
    QStringList parts;
    if (task.file)
        parts.append(bytesText(task.file->bytes, figures));
    else if (task.result != 0)
        parts.append(shownText(trace.name(task.result)));
    if (task.note != 0)
        parts.append(shownText(trace.name(task.note)));
    return parts.isEmpty() ? TimelineWords::tr("done") : joinedByDots(parts);
}

LaneFact taskFact(const Trace &trace, const Lane &lane, ByteFigures figures)
{
    const TaskFacts &task = lane.task;
    switch (task.outcome) {
    case Outcome::Failed:
        return {task.error == 0 ? TimelineWords::tr("failed") : shownText(trace.name(task.error)), true};
    case Outcome::Cancelled:
        return {task.note == 0 ? TimelineWords::tr("cancelled")
                               : joinedByDots({TimelineWords::tr("cancelled"), shownText(trace.name(task.note))}),
                false};
    case Outcome::Done:
        return {doneText(trace, task, figures), false};
    case Outcome::Unfinished:
        break;
    }
    return {stateNow(trace, lane), false};
}

QString stallsText(const Trace &trace, const std::vector<Stall> &stalls)
{
    if (stalls.empty())
        return {};
    const QString longest = formatDuration(loopUse(trace, stalls).longestStall);
    return stalls.size() == 1 ? TimelineWords::tr("1 stall of %1").arg(longest)
                              : TimelineWords::tr("%1 stalls, the longest %2").arg(formatCount(stalls.size()), longest);
}

// How many tasks are in each state just now, in the order of State.
void appendStatesNow(const Trace &trace, QStringList &parts)
{
    std::array<std::size_t, stateCount> counts{};
    for (const LaneId task : trace.tasks()) {
        if (const auto open = trace.lane(task).open())
            ++counts[static_cast<std::size_t>(open->state)];
    }
    for (const State state : taskStates) {
        if (const std::size_t count = counts[static_cast<std::size_t>(state)])
            parts.append(formatCount(count) + QLatin1Char(' ') + QString::fromUtf8(stateTitle(state).data()));
    }
}

QString tasksSummary(const Trace &trace)
{
    if (!trace.hasLoop())
        return lanesSummary(trace, trace.rows());
    QStringList parts = {outcomesText(trace.totals())};
    parts.removeAll(QString());
    if (trace.totals()[Outcome::Unfinished] > 0)
        appendStatesNow(trace, parts);
    return joinedByDots(parts);
}

QString workersSummary(const Trace &trace)
{
    const std::vector<LaneId> &workers = trace.workers();
    if (!trace.info().finished) {
        const auto busy = std::ranges::count_if(workers, [&](LaneId worker) { return trace.lane(worker).isOpen(); });
        return TimelineWords::tr("%1 of %2 busy").arg(busy).arg(workers.size());
    }
    Nanoseconds busy = 0;
    for (const LaneId worker : workers)
        busy += busyTime(trace, worker);
    return TimelineWords::tr("busy %1").arg(formatPercent(shareOfRun(trace, busy) / static_cast<double>(workers.size())));
}

QString extentText(const Trace &trace, LaneId counter)
{
    const auto samples = trace.imported().samples(counter).size();
    if (samples == 0)
        return {};
    const SampleExtent extent = trace.imported().extentOf(counter, 0, samples);
    if (extent.least == extent.most)
        return formatNumber(extent.least);
    return TimelineWords::tr("%1 to %2").arg(formatNumber(extent.least), formatNumber(extent.most));
}

} // namespace

QString lanesSummary(const Trace &trace, const std::vector<LaneId> &lanes)
{
    if (!trace.hasLoop()) {
        std::size_t slices = 0;
        for (const LaneId lane : lanes)
            slices += trace.spanCount(lane);
        return slices == 0   ? QString()
               : slices == 1 ? TimelineWords::tr("1 slice")
                             : TimelineWords::tr("%1 slices").arg(formatCount(slices));
    }
    TaskTotals totals;
    for (const LaneId task : lanes)
        ++totals.byOutcome[static_cast<std::size_t>(trace.lane(task).task.outcome)];
    return outcomesText(totals);
}

Nanoseconds busyTime(const Trace &trace, LaneId lane)
{
    return busyTimeIn(trace, lane, {0, runLength(trace)});
}

Nanoseconds busyTimeIn(const Trace &trace, LaneId lane, TimeRange range)
{
    StateTimes times = trace.timesIn(lane, range);
    times += trace.timesOutside(lane, range);
    return times[State::Running] + times[State::Blocking] + times[State::InWorker] + times[State::Slice];
}

Nanoseconds runLength(const Trace &trace)
{
    const RunInfo &info = trace.info();
    return std::max<Nanoseconds>(1, info.finished && info.wall > 0 ? info.wall : trace.now());
}

QString laneName(const Trace &trace, LaneId lane)
{
    const Lane &facts = trace.lane(lane);
    return facts.kind == LaneKind::Worker ? QStringLiteral("#%1").arg(facts.number()) : shownText(trace.nameOf(lane));
}

LaneFact laneFact(const Trace &trace, LaneId lane, ByteFigures figures)
{
    const Lane &facts = trace.lane(lane);
    if (facts.kind == LaneKind::Counter)
        return {extentText(trace, lane), false};
    if (facts.kind == LaneKind::Row || facts.kind == LaneKind::Process)
        return {};
    if (facts.kind != LaneKind::Task)
        return {formatPercent(shareOfRun(trace, busyTime(trace, lane))), false};
    LaneFact fact = taskFact(trace, facts, figures);
    if (facts.incomplete)
        fact.text = joinedByDots({fact.text, TimelineWords::tr("events lost")});
    return fact;
}

QString outcomesText(const TaskTotals &totals)
{
    QStringList parts;
    for (const Outcome outcome : {Outcome::Done, Outcome::Failed, Outcome::Cancelled}) {
        if (const std::size_t count = totals[outcome])
            parts.append(formatCount(count) + QLatin1Char(' ') + QString::fromUtf8(outcomeKey(outcome).data()));
    }
    return joinedByDots(parts);
}

QString groupTitle(const Trace &trace, LaneGroup group)
{
    switch (group) {
    case LaneGroup::Loop:
        return TimelineWords::tr("Event loop");
    case LaneGroup::Tasks:
        return trace.hasLoop() ? TimelineWords::tr("Tasks") : TimelineWords::tr("Threads");
    case LaneGroup::Workers:
        return TimelineWords::tr("Workers");
    case LaneGroup::Pinned:
        return TimelineWords::tr("Pinned");
    }
    return {};
}

QString loopSummary(const Trace &trace, const std::vector<Stall> &stalls)
{
    QStringList parts = {TimelineWords::tr("busy %1").arg(formatPercent(shareOfRun(trace, busyTime(trace, loopLaneId))))};
    parts.append(stallsText(trace, stalls));
    if (const std::uint64_t lost = trace.info().droppedEvents; lost > 0)
        parts.append(counted(lost, TimelineWords::tr("1 event lost"), TimelineWords::tr("%1 events lost")));
    parts.removeAll(QString());
    return joinedByDots(parts);
}

std::size_t groupSize(const Trace &trace, LaneGroup group)
{
    switch (group) {
    case LaneGroup::Loop:
        return trace.hasLoop() ? 1 : 0;
    case LaneGroup::Tasks:
        return trace.hasLoop() ? trace.tasks().size() : headsOf(trace).size();
    case LaneGroup::Workers:
        return trace.workers().size();
    case LaneGroup::Pinned:
        break;
    }
    return 0;
}

QString groupSummary(const Trace &trace, LaneGroup group)
{
    switch (group) {
    case LaneGroup::Loop:
        return loopSummary(trace, trace.info().finished ? stallsAtHand(trace).value_or(std::vector<Stall>()) : std::vector<Stall>());
    case LaneGroup::Tasks:
        return tasksSummary(trace);
    case LaneGroup::Workers:
        return workersSummary(trace);
    case LaneGroup::Pinned:
        break;
    }
    return {};
}

} // namespace loopscope
