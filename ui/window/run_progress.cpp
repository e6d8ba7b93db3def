#include "ui/window/run_progress.h"

#include <algorithm>

namespace loopscope {

namespace {

/// Among so many the part of a single file cannot be seen.
constexpr std::size_t fewTasks = 500;

double partRead(const Lane &task)
{
    const auto &file = task.task.file;
    if (task.hasEnded() || !file || !file->size || *file->size == 0)
        return 0;
    return std::min(1.0, static_cast<double>(file->bytes) / static_cast<double>(*file->size));
}

} // namespace

double runProgress(const Trace &trace)
{
    if (trace.info().finished)
        return 1;
    const std::size_t count = trace.tasks().size() + trace.info().tasksToCome;
    if (count == 0)
        return 0;
    auto done = static_cast<double>(trace.endedTasks().size());
    if (count <= fewTasks) {
        for (const LaneId task : trace.tasks())
            done += partRead(trace.lane(task));
    }
    return done / static_cast<double>(count);
}

} // namespace loopscope
