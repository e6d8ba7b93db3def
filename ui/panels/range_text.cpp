#include "ui/panels/range_text.h"

#include "ui/theme/format.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

namespace {

struct Text {
    Q_DECLARE_TR_FUNCTIONS(loopscope::RangeText)
};

QString fromTo(TimeRange range)
{
    const RangeEnds ends = formatEnds(range);
    return Text::tr("%1 to %2").arg(ends.begin, ends.end);
}

} // namespace

QString rangeSummary(const Trace &trace, const RangeMeasurement &measured)
{
    QStringList parts{fromTo(measured.range())};
    if (!measured.isDone())
        return parts.first();
    parts += counted(measured.taskCount(), Text::tr("1 task"), Text::tr("%1 tasks"));
    parts += counted(measured.ofTasks().spanCount(), Text::tr("1 span"), Text::tr("%1 spans"));
    parts += counted(measured.ofTasks().wakes, Text::tr("1 wake"), Text::tr("%1 wakes"));
    if (measured.lane() != noLane && trace.lane(measured.lane()).kind == LaneKind::Task)
        parts.last() += Text::tr(", %1 of the selected task").arg(formatCount(measured.ofLane().wakes));
    return parts.join(QStringLiteral(" · "));
}

QString rangeSummary(const Trace & /*trace*/, const NameMeasurement &measured)
{
    QStringList parts{fromTo(measured.range())};
    if (!measured.isDone())
        return parts.first();
    parts += counted(measured.threadCount(), Text::tr("1 thread"), Text::tr("%1 threads"));
    parts += counted(measured.all().count, Text::tr("1 slice"), Text::tr("%1 slices"));
    parts += counted(measured.names().size(), Text::tr("1 name"), Text::tr("%1 names"));
    return parts.join(QStringLiteral(" · "));
}

} // namespace loopscope
