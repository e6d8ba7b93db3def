#include "core/analysis/slice_totals.h"

#include <algorithm>

namespace loopscope {

namespace {

bool hasSlices(LaneKind kind)
{
    return kind != LaneKind::Process && kind != LaneKind::Counter;
}

void countSpans(const Trace &trace, LaneId lane, LaneTotals &totals, std::vector<NameTotals> &names)
{
    const std::size_t spans = trace.spanCount(lane);
    totals.slices += spans;
    for (std::size_t i = 0; i < spans; ++i) {
        const Span span = trace.span(lane, i);
        NameTotals &name = names[span.site];
        ++name.slices;
        name.time = saturatedSum(name.time, span.length());
        name.longest = std::max(name.longest, span.length());
    }
}

} // namespace

SliceTotals sliceTotals(const Trace &trace)
{
    SliceTotals totals;
    totals.names.resize(trace.siteCount());
    std::vector<std::size_t> places(trace.laneCount()); // of a head among the totals
    for (LaneId lane = trace.hasLoop() ? 0 : 1; lane < trace.laneCount(); ++lane) {
        if (!hasSlices(trace.lane(lane).kind))
            continue;
        const LaneId head = trace.headOf(lane);
        if (head == lane) {
            places[lane] = totals.lanes.size();
            StateTimes covered = trace.times(lane);
            covered += trace.timesOutside(lane, trace.extent());
            totals.lanes.push_back({lane, 0, 0, covered.total()});
        }
        countSpans(trace, lane, totals.lanes[places[head]], totals.names);
    }
    for (const Instant &instant : trace.imported().instants()) {
        ++totals.names[instant.site].instants;
        if (trace.hasLane(instant.lane) && hasSlices(trace.lane(instant.lane).kind))
            ++totals.lanes[places[trace.headOf(instant.lane)]].instants;
    }
    for (SiteId site = 0; site < totals.names.size(); ++site)
        totals.names[site].site = site;
    std::erase_if(totals.names, [](const NameTotals &name) { return name.slices == 0 && name.instants == 0; });
    return totals;
}

} // namespace loopscope
