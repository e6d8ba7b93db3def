#include "core/analysis/findings/finders.h"
#include "core/analysis/reported_name.h"
#include "core/text/display_text.h"
#include "core/text/number_text.h"

#include <algorithm>
#include <span>

namespace loopscope {

namespace {

constexpr std::size_t fewestCalls = 3;
constexpr std::size_t mostListed = 5;
constexpr std::size_t mostCalls = 100; // as many as a person writes below each other
// What a task does with an answer before it asks for the next is little if it is less than this part of the calls.
constexpr Nanoseconds partBetween = 10;

using Calls = std::span<const LongSpan>;

Nanoseconds totalOf(Calls calls)
{
    Nanoseconds total = 0;
    for (const LongSpan &call : calls)
        total += call.span.length();
    return total;
}

Nanoseconds longestOf(Calls calls)
{
    return std::ranges::max_element(calls, {}, [](const LongSpan &call) { return call.span.length(); })->span.length();
}

/// Whether `next` may follow `calls` of the same task in one sequence.
bool goesOn(const Trace &trace, Calls calls, const LongSpan &next)
{
    const Site &site = trace.site(next.span.site);
    const bool isElsewhere =
        site.line == 0 || trace.site(calls.back().span.site).function != site.function
        || std::ranges::any_of(calls, [&](const LongSpan &call) { return trace.site(call.span.site).line == site.line; });
    if (next.place.lane != calls.front().place.lane || isElsewhere || calls.size() == mostCalls)
        return false;
    const StateTimes between = trace.timesIn(next.place.lane, {calls.back().span.end, next.span.begin});
    return between[State::Awaiting] + between[State::InWorker] == 0
           && between[State::Running] + between[State::Blocking] <= next.span.length() / partBetween;
}

Finding findingOf(const Evidence &evidence, Calls calls)
{
    const Trace &trace = evidence.trace;
    const NumberStyle &numbers = evidence.numbers;
    Finding finding;
    finding.kind = FindingKind::SequentialAwaits;
    finding.task = calls.front().place.lane;
    finding.range = {calls.front().span.begin, calls.back().span.end};
    finding.affected = {{finding.task, totalOf(calls) - longestOf(calls)}};
    finding.evidence = calls[1].place; // the first that need not have waited
    finding.text = reportedName(trace, finding.task) + " awaited " + countText(calls.size(), "call", numbers) + " one after another, "
                   + numbers.duration(totalOf(calls)) + " in all:";
    const std::size_t listed = std::min(calls.size(), mostListed);
    for (const LongSpan &call : calls.first(listed))
        finding.text += (&call == &calls.front() ? " " : ", ") + displayName(trace.reason(call.span.site)) + " ("
                        + numbers.duration(call.span.length()) + ")";
    if (calls.size() > listed)
        finding.text += " and " + numbers.count(calls.size() - listed) + " more";
    finding.text += ". Together they would have taken " + numbers.duration(longestOf(calls)) + ", if none needs the result of another.";
    return finding;
}

} // namespace

std::vector<Finding> findSequentialAwaits(const Evidence &evidence)
{
    const Trace &trace = evidence.trace;
    const std::vector<LongSpan> &calls = evidence.longSpans.inWorker;
    std::vector<Finding> findings;
    for (std::size_t first = 0, end = 0; first < calls.size(); first = end) {
        for (end = first + 1; end < calls.size() && goesOn(trace, Calls(calls).subspan(first, end - first), calls[end]);)
            ++end;
        if (end - first >= fewestCalls && !trace.lane(calls[first].place.lane).task.file)
            findings.push_back(findingOf(evidence, Calls(calls).subspan(first, end - first)));
    }
    return findings;
}

} // namespace loopscope
