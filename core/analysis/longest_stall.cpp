#include "core/analysis/longest_stall.h"

#include <algorithm>

namespace loopscope {

namespace {

/// The longest callback of a task that reaches beyond `since`. It may have begun before.
Nanoseconds longestCallback(const Trace &trace, LaneId task, Nanoseconds since)
{
    const std::size_t count = trace.spanCount(task);
    std::size_t i = trace.firstSpanEndingAfter(task, since);
    while (i > 0 && i < count && trace.span(task, i - 1).end == trace.span(task, i).begin && holdsLoop(trace.span(task, i - 1).state))
        --i;
    Nanoseconds longest = 0;
    TimeRange callback;
    for (; i < count; ++i) {
        const Span span = trace.span(task, i);
        if (!holdsLoop(span.state))
            continue;
        callback = span.begin == callback.end ? TimeRange{callback.begin, span.end} : span.range();
        longest = std::max(longest, callback.length());
    }
    return longest;
}

} // namespace

void LongestStall::update(const Trace &trace)
{
    const Nanoseconds busy = longestBusyStretch(trace);
    if (busy > std::max(length_, trace.info().stallThreshold))
        lookAtTasks(trace, lookedUntil_);
    lookedUntil_ = trace.now();
}

Nanoseconds LongestStall::longestBusyStretch(const Trace &trace)
{
    Nanoseconds longest = 0;
    const std::size_t count = trace.spanCount(loopLaneId);
    for (std::size_t i = loopSpans_; i < count; ++i) {
        const Span span = trace.span(loopLaneId, i); // what was open the last time is met again, longer
        const bool goesOn = stretch_.begin <= span.begin && span.begin <= stretch_.end;
        stretch_ = goesOn ? TimeRange{stretch_.begin, std::max(stretch_.end, span.end)} : span.range();
        longest = std::max(longest, stretch_.length());
    }
    loopSpans_ = trace.loop().spans.size();
    return longest;
}

void LongestStall::lookAtTasks(const Trace &trace, Nanoseconds since)
{
    for (const LaneId task : trace.tasks()) {
        if (trace.lane(task).end().value_or(trace.now()) > since)
            length_ = std::max(length_, longestCallback(trace, task, since));
    }
    if (length_ <= trace.info().stallThreshold)
        length_ = 0;
}

} // namespace loopscope
