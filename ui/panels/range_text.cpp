#include "ui/panels/range_text.h"

#include "ui/theme/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

namespace {

struct RangeWords {
    Q_DECLARE_TR_FUNCTIONS(loopscope::RangeText)
};

QString fromTo(TimeRange range)
{
    const RangeEnds ends = formatEnds(range);
    return RangeWords::tr("%1 to %2").arg(ends.begin, ends.end);
}

} // namespace

QString rangeSummary(const Trace &trace, const RangeMeasurement &measured)
{
    QStringList parts{fromTo(measured.range())};
    if (!measured.isDone())
        return parts.first();
    parts += counted(measured.taskCount(), RangeWords::tr("1 task"), RangeWords::tr("%1 tasks"));
    parts += counted(measured.ofTasks().spanCount(), RangeWords::tr("1 span"), RangeWords::tr("%1 spans"));
    parts += counted(measured.ofTasks().wakes, RangeWords::tr("1 wake"), RangeWords::tr("%1 wakes"));
    if (measured.lane() != noLane && trace.lane(measured.lane()).kind == LaneKind::Task)
        parts.last() += RangeWords::tr(", %1 of the selected task").arg(formatCount(measured.ofLane().wakes));
    return joinedByDots(parts);
}

QString rangeSummary(const Trace & /*trace*/, const NameMeasurement &measured)
{
    QStringList parts{fromTo(measured.range())};
    if (!measured.isDone())
        return parts.first();
    parts += counted(measured.threadCount(), RangeWords::tr("1 thread"), RangeWords::tr("%1 threads"));
    parts += counted(measured.all().count, RangeWords::tr("1 slice"), RangeWords::tr("%1 slices"));
    parts += counted(measured.names().size(), RangeWords::tr("1 name"), RangeWords::tr("%1 names"));
    return joinedByDots(parts);
}

} // namespace loopscope
