#include "core/analysis/name_measurement.h"

#include "core/analysis/steps.h"

#include <algorithm>

namespace loopscope {

NameMeasurement::NameMeasurement(const Trace &trace, TimeRange range, LaneId lane, std::size_t most)
    : range_(range)
    , lane_(trace.hasLane(lane) ? trace.headOf(lane) : noLane)
    , most_(most)
    , lanes_(trace.rows().size())
{
    if (lanes_ > 0)
        enterLane(trace);
}

double NameMeasurement::share() const
{
    if (isDone() || lanes_ == 0)
        return 1;
    const double ofStage = static_cast<double>(nextLane_) / static_cast<double>(lanes_) / 2;
    return stage_ == Stage::Lengths ? 0.5 + ofStage : ofStage;
}

bool NameMeasurement::advance(const Trace &trace, std::size_t steps)
{
    while (steps > 0 && !isDone()) {
        if (nextLane_ < lanes_) {
            if (!visitLane(trace, steps))
                break;
            takeSteps(steps, stepsALane);
            if (++nextLane_ < lanes_)
                enterLane(trace);
            continue;
        }
        finishThread();
        if (stage_ == Stage::Names)
            finishNames();
        stage_ = stage_ == Stage::Names ? Stage::Lengths : Stage::Done;
        nextLane_ = 0;
        thread_ = noLane;
        if (lanes_ > 0)
            enterLane(trace);
        else
            stage_ = Stage::Done;
    }
    return isDone();
}

void NameMeasurement::enterLane(const Trace &trace)
{
    visited_ = trace.rows()[nextLane_];
    if (trace.headOf(visited_) != thread_)
        finishThread();
    thread_ = trace.headOf(visited_);
    // One earlier, for a slice without length that begins with the range.
    nextSpan_ = trace.firstSpanEndingAfter(visited_, range_.begin - 1);
}

void NameMeasurement::finishThread()
{
    if (stage_ == Stage::Names && hasSlices_)
        ++threads_;
    hasSlices_ = false;
}

// Whether the lane is through.
bool NameMeasurement::visitLane(const Trace &trace, std::size_t &steps)
{
    const std::size_t spans = trace.spanCount(visited_);
    for (; nextSpan_ < spans; ++nextSpan_) {
        if (steps == 0)
            return false;
        takeSteps(steps, 1);
        const Span span = trace.span(visited_, nextSpan_);
        if (span.begin >= range_.end)
            break;
        const bool isInside = !span.range().intersected(range_).isEmpty() || (span.begin == span.end && range_.contains(span.begin));
        if (!isInside)
            continue;
        const NameId name = trace.site(span.site).reason;
        if (stage_ == Stage::Names)
            count(trace, span, name);
        else if (name < places_.size() && places_[name] != 0)
            lengths_[places_[name] - 1].add(span.length());
    }
    return true;
}

void NameMeasurement::count(const Trace &trace, const Span &span, NameId name)
{
    hasSlices_ = true;
    if (name >= places_.size())
        places_.resize(std::max<std::size_t>(trace.nameCount(), name + std::size_t(1)));
    if (places_[name] == 0) {
        names_.emplace_back().name = name;
        places_[name] = static_cast<std::uint32_t>(names_.size());
    }
    const Nanoseconds time = span.range().intersected(range_).length();
    for (MeasuredName *const into : {&names_[places_[name] - 1], &all_}) {
        into->time = saturatedSum(into->time, time);
        if (into->count++ == 0 || span.length() > into->longest) {
            into->longest = span.length();
            into->longestAt = {visited_, nextSpan_};
        }
        if (thread_ == lane_) {
            into->laneTime = saturatedSum(into->laneTime, time);
            ++into->laneCount;
        }
    }
}

void NameMeasurement::finishNames()
{
    const auto isBefore = [](const MeasuredName &a, const MeasuredName &b) { return a.time != b.time ? a.time > b.time : a.name < b.name; };
    std::ranges::sort(names_, isBefore);
    std::ranges::fill(places_, 0);
    lengths_.resize(std::min(most_, names_.size()));
    for (std::size_t i = 0; i < lengths_.size(); ++i)
        places_[names_[i].name] = static_cast<std::uint32_t>(i + 1);
}

} // namespace loopscope
