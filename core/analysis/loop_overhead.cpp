#include "core/analysis/loop_overhead.h"

#include "core/analysis/loop_holds.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace loopscope {

namespace {

/// The loop at work without a pause.
struct BusyStretch {
    double turns = 0;
    double own = 0; // time that no task had
};

std::vector<TimeRange> rangesAtWork(const Trace &trace)
{
    std::vector<TimeRange> ranges;
    for (std::size_t i = 0; i < trace.spanCount(loopLaneId); ++i) {
        const Span span = trace.span(loopLaneId, i);
        if (!ranges.empty() && ranges.back().end == span.begin)
            ranges.back().end = span.end;
        else
            ranges.push_back(span.range());
    }
    return ranges;
}

BusyStretch stretchOf(const LoopHolds &holds, TimeRange range)
{
    BusyStretch stretch{0, static_cast<double>(range.length())};
    LoopHold last;
    for (const LoopHold &hold : holds.in(range)) {
        const bool goesOn = hold.task == last.task && hold.range.begin == last.range.end;
        stretch.turns += goesOn ? 0 : 1;
        stretch.own -= static_cast<double>(hold.range.intersected(range).length());
        last = hold;
    }
    return stretch;
}

} // namespace

LoopOverhead loopOverheadOf(const Trace &trace)
{
    const LoopHolds holds(trace);
    std::vector<BusyStretch> stretches;
    BusyStretch sum;
    for (const TimeRange range : rangesAtWork(trace)) {
        const BusyStretch stretch = stretchOf(holds, range);
        sum.turns += stretch.turns;
        sum.own += stretch.own;
        if (stretch.turns > 0)
            stretches.push_back(stretch);
    }
    if (sum.turns == 0)
        return {};
    const auto count = static_cast<double>(stretches.size());
    double together = 0;
    double alone = 0;
    for (const BusyStretch &stretch : stretches) {
        const double turns = stretch.turns - sum.turns / count;
        together += turns * (stretch.own - sum.own / count);
        alone += turns * turns;
    }
    const double mean = std::max(0.0, sum.own / sum.turns);
    const double aTurn = alone > 0 ? std::clamp(together / alone, 0.0, mean) : mean;
    return {std::llround((mean - aTurn) * sum.turns / count), std::llround(aTurn)};
}

} // namespace loopscope
