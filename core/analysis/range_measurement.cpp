#include "core/analysis/range_measurement.h"

#include "core/analysis/steps.h"

#include <algorithm>

namespace loopscope {

std::size_t MeasuredLanes::spanCount() const
{
    std::size_t count = 0;
    for (const MeasuredSpans &some : spans)
        count += some.lengths.count();
    return count;
}

RangeMeasurement::RangeMeasurement(const Trace &trace, TimeRange range, LaneId lane)
    : range_(range)
    , lane_(trace.hasLane(lane) ? lane : noLane)
    , lanes_(trace.tasks().size())
{
    if (lane_ != noLane)
        ofLane_.times = trace.timesIn(lane_, range_);
}

double RangeMeasurement::share() const
{
    if (stage_ == Stage::Wakes || stage_ == Stage::Done)
        return 1;
    return stage_ == Stage::TaskSpans ? static_cast<double>(nextTask_) / static_cast<double>(std::max<std::size_t>(lanes_, 1)) : 0;
}

bool RangeMeasurement::advance(const Trace &trace, std::size_t steps)
{
    while (steps > 0 && stage_ != Stage::Done) {
        switch (stage_) {
        case Stage::Times:
            sumTimes(trace, steps);
            break;
        case Stage::LaneSpans:
            if (lane_ == noLane || visitLane(trace, lane_, ofLane_, steps)) {
                stage_ = Stage::TaskSpans;
                if (lanes_ > 0)
                    enterLane(trace, trace.tasks().front());
            }
            break;
        case Stage::TaskSpans:
            visitTasks(trace, steps);
            break;
        case Stage::Wakes:
            visitWakes(trace, steps);
            break;
        case Stage::Done:
            break;
        }
    }
    return isDone();
}

void RangeMeasurement::sumTimes(const Trace &trace, std::size_t &steps)
{
    for (; nextTask_ < lanes_; ++nextTask_) {
        if (steps == 0)
            return;
        ofTasks_.times += trace.timesIn(trace.tasks()[nextTask_], range_);
        takeSteps(steps, stepsALane);
    }
    nextTask_ = 0;
    stage_ = Stage::LaneSpans;
    if (lane_ != noLane)
        enterLane(trace, lane_);
}

void RangeMeasurement::enterLane(const Trace &trace, LaneId lane)
{
    // One earlier, for a span without length that begins with the range.
    nextSpan_ = trace.firstSpanEndingAfter(lane, range_.begin - 1);
}

bool RangeMeasurement::isInside(const Span &span) const
{
    return !span.range().intersected(range_).isEmpty() || (span.begin == span.end && range_.contains(span.begin));
}

bool RangeMeasurement::visitLane(const Trace &trace, LaneId lane, MeasuredLanes &into, std::size_t &steps)
{
    const std::size_t count = trace.spanCount(lane);
    for (; nextSpan_ < count; ++nextSpan_) {
        if (steps == 0)
            return false;
        takeSteps(steps, 1);
        const Span span = trace.span(lane, nextSpan_);
        if (span.begin >= range_.end)
            break;
        if (!isInside(span))
            continue;
        MeasuredSpans &spans = into.spans[static_cast<std::size_t>(span.state)];
        const Nanoseconds length = span.end - span.begin;
        if (spans.longestLane == noLane || length > spans.lengths.longest()) {
            spans.longestLane = lane;
            spans.longestSpan = nextSpan_;
        }
        spans.lengths.add(length);
    }
    return true;
}

void RangeMeasurement::visitTasks(const Trace &trace, std::size_t &steps)
{
    while (nextTask_ < lanes_) {
        const std::size_t before = ofTasks_.spanCount();
        const LaneId task = trace.tasks()[nextTask_];
        if (!visitLane(trace, task, ofTasks_, steps)) {
            hasSpans_ = hasSpans_ || ofTasks_.spanCount() > before;
            return;
        }
        takeSteps(steps, stepsALane);
        if (hasSpans_ || ofTasks_.spanCount() > before)
            ++taskCount_;
        hasSpans_ = false;
        if (++nextTask_ < lanes_)
            enterLane(trace, trace.tasks()[nextTask_]);
    }
    stage_ = Stage::Wakes;
    nextWake_ = static_cast<std::size_t>(std::ranges::lower_bound(trace.wakes(), range_.begin, {}, &Wake::at) - trace.wakes().begin());
}

// Wakes that are late are put between those that are there already: while a trace grows, the number is that of a moment.
void RangeMeasurement::visitWakes(const Trace &trace, std::size_t &steps)
{
    const WakeList &wakes = trace.wakes();
    for (; nextWake_ < wakes.size() && wakes[nextWake_].at < range_.end; ++nextWake_) {
        if (steps == 0)
            return;
        takeSteps(steps, 1);
        ++ofTasks_.wakes;
        if (wakes[nextWake_].to == lane_)
            ++ofLane_.wakes;
    }
    stage_ = Stage::Done;
}

} // namespace loopscope
