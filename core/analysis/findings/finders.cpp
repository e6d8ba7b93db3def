#include "core/analysis/findings/finders.h"

#include "core/text/number_text.h"

#include <algorithm>

namespace loopscope {

namespace {

void sortIn(LongSpans &spans, const LongSpan &found)
{
    if (found.span.state == State::Ready && found.place.span > 0)
        spans.ready.push_back(found);
    else if (found.span.state == State::Awaiting)
        spans.awaiting.push_back(found);
    else if (found.span.state == State::Queued)
        spans.queued.push_back(found);
    else if (found.span.state == State::InWorker)
        spans.inWorker.push_back(found);
}

} // namespace

LongSpans longSpans(const Trace &trace)
{
    const Nanoseconds threshold = trace.info().stallThreshold;
    LongSpans spans;
    for (const LaneId task : trace.tasks()) {
        const Lane &lane = trace.lane(task);
        if (lane.end().value_or(trace.now()) - lane.begin <= threshold)
            continue;
        const std::size_t count = trace.spanCount(task);
        for (std::size_t i = 0; i < count; ++i) {
            const Span span = trace.span(task, i);
            if (span.length() > threshold)
                sortIn(spans, {{task, i}, span});
        }
    }
    return spans;
}

SpanPlace longestSpanIn(const Trace &trace, LaneId lane, TimeRange range)
{
    SpanPlace longest{lane, trace.firstSpanEndingAfter(lane, range.begin)};
    Nanoseconds length = 0;
    for (std::size_t i = longest.span; i < trace.spanCount(lane) && trace.span(lane, i).begin < range.end; ++i) {
        const Nanoseconds part = trace.span(lane, i).range().intersected(range).length();
        if (part > length) {
            longest.span = i;
            length = part;
        }
    }
    return longest;
}

std::vector<AffectedTask> affectedTasks(const std::map<LaneId, Nanoseconds> &waits)
{
    std::vector<AffectedTask> affected;
    for (const auto &[task, waited] : waits) {
        if (waited > 0)
            affected.push_back({task, waited});
    }
    std::ranges::stable_sort(affected, std::greater<>(), &AffectedTask::waited);
    return affected;
}

std::string affectedText(const Finding &finding, const NumberStyle &numbers)
{
    if (finding.affected.empty())
        return "No task waited because of it.";
    return countText(finding.affected.size(), "task", numbers) + " waited because of it, " + numbers.duration(finding.waited())
           + " in all.";
}

} // namespace loopscope
