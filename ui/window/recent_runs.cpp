#include "ui/window/recent_runs.h"

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

void RecentRuns::add(PastRun run)
{
    runs_.push_front(std::move(run));
    std::size_t bytes = 0;
    std::size_t kept = 0;
    for (const PastRun &each : runs_) {
        bytes += bytesOf(*each.trace);
        if (kept > 0 && (kept == maxRuns || bytes > maxBytes))
            break;
        ++kept;
    }
    runs_.resize(kept);
}

} // namespace loopscope
