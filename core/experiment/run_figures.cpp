#include "core/experiment/run_figures.h"

#include "core/analysis/stalls.h"

namespace loopscope {

RunFigures figuresOf(const Trace &trace, const ProcessResources &resources)
{
    RunFigures figures;
    figures.wall = trace.info().wall;
    figures.longestStall = loopUse(trace, findStalls(trace)).longestStall;
    for (const LaneId task : trace.tasks()) {
        const StateTimes times = trace.times(task);
        figures.ready = saturatedSum(figures.ready, times[State::Ready]);
        figures.queued = saturatedSum(figures.queued, times[State::Queued]);
    }
    figures.tasks = trace.tasks().size();
    figures.tasksDone = trace.totals()[Outcome::Done];
    figures.bytes = trace.totals().bytes;
    figures.resources = resources;
    return figures;
}

} // namespace loopscope
