#include "core/formats/chrome/flow_binding.h"

#include "core/trace/stoppable_sort.h"

#include <algorithm>

namespace loopscope::chrome {

namespace {

constexpr std::uint32_t noFlow = UINT32_MAX;

struct FlowEnd {
    LaneId lane = noLane;
    Nanoseconds at = 0;
};

class FlowBinding {
public:
    FlowBinding(AssemblyContext &context, const std::vector<LaneGroup> &lanesOfTrack)
        : context_(context)
        , lanesOfTrack_(lanesOfTrack)
        , last_(context.events.flowIds, noFlow)
    {
    }

    bool run()
    {
        std::vector<FlowMark> &marks = context_.events.flows;
        if (!sortStoppably(marks, &FlowMark::at, context_.stop))
            return false;
        for (std::uint32_t number = 0; number < marks.size(); ++number) {
            constexpr std::uint32_t stopCheckEvery = 1U << 12U;
            if (number % stopCheckEvery == 0 && context_.stop.stop_requested())
                return false;
            const FlowMark &mark = marks[number];
            if (context_.isInReach(mark.at, mark.at, mark.event))
                add(mark, number);
        }
        for (const std::uint32_t left : last_)
            countIfAlone(left);
        const auto sent = [](const Flow &flow) { return flow.sent; };
        if (!sortStoppably(flows_, sent, context_.stop))
            return false;
        context_.trace.changeImported([this](ImportedEvents &imported) { imported.setFlows(std::move(flows_)); });
        return true;
    }

private:
    void add(const FlowMark &mark, std::uint32_t number)
    {
        std::uint32_t &last = last_[mark.id];
        if (mark.phase == 's') {
            countIfAlone(last);
            last = number;
            return;
        }
        if (last == noFlow) {
            context_.problems.add(Problem::FlowAlone, mark.event);
            return;
        }
        const FlowMark &before = context_.events.flows[last];
        const FlowEnd from = bound(before);
        const FlowEnd to = bound(mark);
        if (from.lane == noLane || to.lane == noLane)
            context_.problems.add(Problem::TooManyLanes, mark.event);
        else
            flows_.push_back({from.at, std::max(from.at, to.at), from.lane, to.lane, context_.siteOf(before.label)});
        last = mark.phase == 't' ? number : noFlow;
    }

    // A step that nothing follows was the end of an arrow.
    void countIfAlone(std::uint32_t number)
    {
        if (number != noFlow && context_.events.flows[number].phase == 's')
            context_.problems.add(Problem::FlowAlone, context_.events.flows[number].event);
    }

    [[nodiscard]] FlowEnd bound(const FlowMark &mark) const
    {
        const Nanoseconds at = mark.at - context_.base;
        const LaneGroup lanes = lanesOfTrack_[mark.track];
        if (lanes.first == noLane)
            return {};
        return mark.bindsEnclosing ? enclosing(lanes, at) : next(lanes, at);
    }

    [[nodiscard]] FlowEnd enclosing(LaneGroup lanes, Nanoseconds at) const
    {
        LaneId innermost = lanes.first;
        for (std::uint32_t row = 0; row < std::min(lanes.count, rowsWithFlows); ++row) {
            const LaneId lane = lanes.first + row;
            const std::size_t slice = context_.trace.firstSpanEndingAfter(lane, at);
            if (slice == context_.trace.spanCount(lane) || context_.trace.span(lane, slice).begin > at)
                break;
            innermost = lane;
        }
        return {innermost, at};
    }

    [[nodiscard]] FlowEnd next(LaneGroup lanes, Nanoseconds at) const
    {
        FlowEnd nearest{lanes.first, latestTime + 1};
        for (std::uint32_t row = 0; row < std::min(lanes.count, rowsWithFlows); ++row) {
            const LaneId lane = lanes.first + row;
            std::size_t slice = context_.trace.firstSpanEndingAfter(lane, at);
            const std::size_t count = context_.trace.spanCount(lane);
            if (slice < count && context_.trace.span(lane, slice).begin < at)
                ++slice;
            if (slice < count && context_.trace.span(lane, slice).begin < nearest.at)
                nearest = {lane, context_.trace.span(lane, slice).begin};
        }
        return nearest.at <= latestTime ? nearest : FlowEnd{lanes.first, at};
    }

    AssemblyContext &context_;
    const std::vector<LaneGroup> &lanesOfTrack_;
    std::vector<std::uint32_t> last_; // of each id the mark that the next arrow comes from
    std::vector<Flow> flows_;
};

} // namespace

bool bindFlows(AssemblyContext &context, const std::vector<LaneGroup> &lanesOfTrack)
{
    return FlowBinding(context, lanesOfTrack).run();
}

} // namespace loopscope::chrome
