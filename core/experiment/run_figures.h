#pragma once

#include "core/experiment/process_resources.h"
#include "core/trace/trace.h"

namespace loopscope {

/// What one run of an experiment came to: what its trace says, and what its process used.
struct RunFigures {
    Nanoseconds wall = 0;         ///< of the work itself, without the start of the process and its end
    Nanoseconds longestStall = 0; ///< 0 if there is none above the threshold
    Nanoseconds ready = 0;        ///< of all tasks together
    Nanoseconds queued = 0;       ///< of all tasks together
    std::uint64_t tasks = 0;
    std::uint64_t tasksDone = 0;
    std::uint64_t bytes = 0; ///< read from files
    ProcessResources resources{};

    friend bool operator==(const RunFigures &, const RunFigures &) = default;
};

/// Calls `visit` with the name in documents and a reference to each figure of a run: what is in one document is in all, and read back.
template <typename Figures, typename Visit>
void forEachFigure(Figures &run, Visit visit)
{
    visit("wall_ns", run.wall);
    visit("longest_stall_ns", run.longestStall);
    visit("ready_ns", run.ready);
    visit("queued_ns", run.queued);
    visit("tasks", run.tasks);
    visit("tasks_done", run.tasksDone);
    visit("bytes", run.bytes);
    visit("user_cpu_ns", run.resources.userCpuNs);
    visit("system_cpu_ns", run.resources.systemCpuNs);
    visit("peak_rss_bytes", run.resources.peakRssBytes);
    visit("peak_own_bytes", run.resources.peakOwnBytes);
    visit("peak_helper_bytes", run.resources.peakHelperBytes);
    visit("peak_threads", run.resources.peakThreads);
    visit("peak_descriptors", run.resources.peakDescriptors);
    visit("peak_processes", run.resources.peakProcesses);
    visit("voluntary_switches", run.resources.voluntarySwitches);
    visit("involuntary_switches", run.resources.involuntarySwitches);
    visit("blocks_read", run.resources.blocksRead);
}

[[nodiscard]] RunFigures figuresOf(const Trace &trace, const ProcessResources &resources);

} // namespace loopscope
