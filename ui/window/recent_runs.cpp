#include "ui/window/recent_runs.h"

#include "ui/panels/run_summary.h"
#include "ui/theme/shown_text.h"
#include "ui/window/recent_paths.h"

#include <QDateTime>

namespace loopscope {

namespace {

std::size_t bytesOf(const Trace &trace)
{
    std::size_t bytes = trace.byteSize();
    for (const LaneId task : trace.tasks()) {
        const TaskFacts &facts = trace.lane(task).task;
        if (facts.file && facts.file->preview)
            bytes += facts.file->preview->size();
    }
    return bytes;
}

} // namespace

void RecentRuns::add(std::shared_ptr<TraceDocument> run)
{
    std::erase(runs_, run);
    runs_.push_front(std::move(run));
    std::size_t bytes = 0;
    std::size_t kept = 0;
    for (const auto &each : runs_) {
        bytes += bytesOf(*each->trace());
        if (kept > 0 && (kept == maxRuns || bytes > maxBytes))
            break;
        ++kept;
    }
    runs_.resize(kept);
}

QString RecentRuns::title(const TraceDocument &run)
{
    const RunInfo &info = run.trace()->info();
    const RunRequest &request = run.request();
    const QDateTime started = QDateTime::fromMSecsSinceEpoch(info.startedUnixNs / nanosecondsPerMillisecond);
    const QString what = request.scenario ? shownText(info.title) : request.paths.empty() ? QString() : RecentPaths::title(request.paths);
    const QString time = started.toString(QStringLiteral("hh:mm:ss"));
    const QString progress = what.isEmpty() ? progressTitle(*run.trace()) : progressText(*run.trace());
    return what.isEmpty() ? QStringLiteral("%1  %2").arg(time, progress) : QStringLiteral("%1  %2: %3").arg(time, what, progress);
}

} // namespace loopscope
