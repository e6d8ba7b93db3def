#include "ui/timeline/task_text.h"

#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

namespace {

struct TaskWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::TaskText)
};

QString fileResult(const FileFacts &file)
{
    const QString lines =
        TaskWords::tr("%1 lines", nullptr, static_cast<int>(std::min<std::uint64_t>(file.lines, INT_MAX))).arg(formatCount(file.lines));
    return file.firstInvalidUtf8 ? TaskWords::tr("%1, no UTF-8").arg(lines) : lines;
}

} // namespace

QString noValueText()
{
    return QStringLiteral("–");
}

QString stateName(State state)
{
    switch (state) {
    case State::Running:
        return TaskWords::tr("running");
    case State::Ready:
        return TaskWords::tr("ready");
    case State::Awaiting:
        return TaskWords::tr("awaiting");
    case State::Queued:
        return TaskWords::tr("queued");
    case State::InWorker:
        return TaskWords::tr("in worker");
    case State::Blocking:
        return TaskWords::tr("blocking");
    case State::Slice:
        return TaskWords::tr("slice");
    }
    return {};
}

QString outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Unfinished:
        return TaskWords::tr("unfinished");
    case Outcome::Done:
        return TaskWords::tr("done");
    case Outcome::Cancelled:
        return TaskWords::tr("cancelled");
    case Outcome::Failed:
        return TaskWords::tr("failed");
    }
    return {};
}

QString stateText(const Lane &task)
{
    if (task.task.outcome == Outcome::Unfinished && task.isOpen())
        return stateName(task.open()->state);
    return outcomeName(task.task.outcome);
}

QString resultText(const Trace &trace, const Lane &task)
{
    const TaskFacts &facts = task.task;
    QStringList parts;
    if (facts.outcome == Outcome::Failed)
        parts += facts.error == 0 ? outcomeName(facts.outcome) : shownText(trace.name(facts.error));
    else if (facts.result != 0)
        parts += shownText(trace.name(facts.result));
    else if (facts.outcome == Outcome::Done && facts.file)
        parts += fileResult(*facts.file);
    if (facts.note != 0)
        parts += shownText(trace.name(facts.note));
    return joinedByDots(parts);
}

QString laneTitle(const Trace &trace, LaneId lane)
{
    switch (trace.lane(lane).kind) {
    case LaneKind::Loop:
        return TaskWords::tr("the loop");
    case LaneKind::Worker:
        return TaskWords::tr("worker #%1").arg(trace.lane(lane).number());
    case LaneKind::Task:
    case LaneKind::Process:
    case LaneKind::Thread:
    case LaneKind::Row:
    case LaneKind::Counter:
        return shownText(trace.nameOf(lane));
    }
    return {};
}

TimeRange lifetime(const Trace &trace, const Lane &lane)
{
    return {lane.begin, lane.end().value_or(std::max(trace.now(), lane.begin))};
}

} // namespace loopscope
