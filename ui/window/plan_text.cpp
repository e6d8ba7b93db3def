#include "ui/window/plan_text.h"

#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <ranges>

namespace loopscope {

namespace {

/// More entries than a person would read.
constexpr std::size_t mostEntries = 8;

struct PlanWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::PlanText)
};

QString placeText(Place place)
{
    switch (place) {
    case Place::Pool:
        return PlanWords::tr("on a worker");
    case Place::Loop:
        return PlanWords::tr("on the loop");
    case Place::Process:
        return PlanWords::tr("in a process");
    case Place::Timer:
        return PlanWords::tr("by a timer");
    case Place::Await:
        return PlanWords::tr("on the loop, without blocking it");
    case Place::Thread:
        return PlanWords::tr("on a thread each");
    }
    return {};
}

QString fileNames(const PlannedTask &task)
{
    QStringList names;
    for (const std::string &file : task.files | std::views::take(mostEntries))
        names.append(shownText(file));
    if (task.files.size() > mostEntries)
        names.append(PlanWords::tr("and %1 more").arg(task.files.size() - mostEntries));
    return names.join(QLatin1String(", "));
}

QString samples(const PlannedTask &task)
{
    return task.sampleCount == 1 ? PlanWords::tr("1 sample")
                                 : PlanWords::tr("%1 samples").arg(formatCount(static_cast<quint64>(task.sampleCount)));
}

QString bodyText(const PlannedTask &task);

QString entryText(const PlannedTask &task)
{
    const QString name = shownText(task.name);
    if (name.isEmpty())
        return task.count == 1 ? bodyText(task)
                               : PlanWords::tr("%1 × %2").arg(formatCount(static_cast<quint64>(task.count)), bodyText(task));
    const QString counted = task.count == 1 ? name : PlanWords::tr("%1 × %2").arg(formatCount(static_cast<quint64>(task.count)), name);
    return PlanWords::tr("%1 (%2)").arg(counted, bodyText(task));
}

QString entriesText(const std::vector<std::shared_ptr<const PlannedTask>> &tasks)
{
    QStringList entries;
    for (const auto &task : tasks) {
        if (entries.size() == static_cast<qsizetype>(mostEntries)) {
            entries.append(PlanWords::tr("and %1 more").arg(tasks.size() - mostEntries));
            break;
        }
        entries.append(entryText(*task));
    }
    return entries.join(QLatin1String(", "));
}

QString bodyText(const PlannedTask &task)
{
    const QString duration = formatDuration(task.duration);
    switch (task.kind) {
    case TaskKind::Sleep:
        return PlanWords::tr("sleeps %1 %2").arg(duration, placeText(task.place));
    case TaskKind::Timer:
        return PlanWords::tr("awaits a timer of %1").arg(duration);
    case TaskKind::Cpu:
        return PlanWords::tr("computes for %1 %2").arg(duration, placeText(task.place));
    case TaskKind::Read:
        return task.files.empty() ? PlanWords::tr("reads %1 %2").arg(samples(task), placeText(task.place))
                                  : PlanWords::tr("reads %1 %2").arg(fileNames(task), placeText(task.place));
    case TaskKind::Exchange:
        return task.repeat == 1
                   ? PlanWords::tr("asks a server once, %1").arg(placeText(task.place))
                   : PlanWords::tr("asks a server %1 times, %2").arg(formatCount(static_cast<quint64>(task.repeat)), placeText(task.place));
    case TaskKind::Files:
        return PlanWords::tr("reads %1").arg(task.files.empty() ? samples(task) : fileNames(task));
    case TaskKind::Parent:
        return PlanWords::tr("makes and awaits %1").arg(entriesText(task.children));
    }
    return {};
}

} // namespace

QString planText(const ScenarioPlan &plan)
{
    const QString tasks = entriesText(plan.tasks);
    const bool isNameless = std::ranges::all_of(plan.tasks, [](const auto &task) { return task->name.empty(); });
    const QString what = isNameless ? tasks : PlanWords::tr("runs %1").arg(tasks);
    if (plan.workers == 0)
        return PlanWords::tr("It %1.").arg(what);
    return plan.workers == 1 ? PlanWords::tr("With 1 worker it %1.").arg(what)
                             : PlanWords::tr("With %1 workers it %2.").arg(plan.workers).arg(what);
}

} // namespace loopscope
