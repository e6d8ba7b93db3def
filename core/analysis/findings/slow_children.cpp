#include "core/analysis/findings/finders.h"
#include "core/analysis/reported_name.h"
#include "core/analysis/waker.h"
#include "core/text/number_text.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

namespace loopscope {

namespace {

constexpr std::size_t fewestOthers = 2;

struct Child {
    Nanoseconds end = 0;
    LaneId task = noLane;
};

/// Those of each parent that have ended, in the order of their ends.
using Children = std::unordered_map<LaneId, std::vector<Child>>;

/// The child whose end ended a wait of its parent; nothing if it was ended by anything else.
std::optional<LaneId> lastChild(const Trace &trace, SpanPlace wait)
{
    const LaneId waker = wakerOf(trace, wait);
    const bool isChild = trace.hasLane(waker) && trace.lane(waker).kind == LaneKind::Task && trace.lane(waker).task.parent == wait.lane;
    return isChild ? std::optional(waker) : std::nullopt;
}

Children childrenOf(const Trace &trace)
{
    Children children;
    for (const LaneId task : trace.tasks()) {
        const Lane &lane = trace.lane(task);
        if (lane.task.parent != noLane && lane.end())
            children[lane.task.parent].push_back({*lane.end(), task});
    }
    for (auto &[parent, ended] : children)
        std::ranges::stable_sort(ended, {}, &Child::end);
    return children;
}

std::optional<Finding> findingOf(const Evidence &evidence, const LongSpan &wait, LaneId last, const std::vector<Child> &children)
{
    const Trace &trace = evidence.trace;
    const auto first = std::ranges::upper_bound(children, wait.span.begin, {}, &Child::end);
    const auto end = std::ranges::upper_bound(first, children.end(), wait.span.end, {}, &Child::end);
    std::vector<Child> latest(end - std::min<std::ptrdiff_t>(2, end - first), end);
    std::erase_if(latest, [last](const Child &child) { return child.task == last; });
    const auto others = static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, end - first - 1));
    const Nanoseconds othersEnd = latest.empty() ? wait.span.begin : latest.back().end;
    const TimeRange alone{othersEnd, wait.span.end};
    if (others < fewestOthers || alone.length() <= evidence.threshold() || alone.length() < wait.span.length() / 2)
        return std::nullopt;
    Finding finding;
    finding.kind = FindingKind::SlowChild;
    finding.task = last;
    finding.range = alone;
    finding.affected = {{wait.place.lane, alone.length()}};
    finding.evidence = longestSpanIn(trace, last, alone);
    const NumberStyle &numbers = evidence.numbers;
    finding.text = reportedName(trace, wait.place.lane) + " waited for " + reportedName(trace, last) + " alone for "
                   + numbers.duration(alone.length()) + " of the " + numbers.duration(wait.span.length())
                   + " that it waited for its children: the " + countText(others, "other", numbers) + " had ended.";
    return finding;
}

} // namespace

std::vector<Finding> findSlowChildren(const Evidence &evidence)
{
    std::optional<Children> children; // of the whole trace, once they are asked for
    std::vector<Finding> findings;
    for (const LongSpan &wait : evidence.longSpans.awaiting) {
        const std::optional<LaneId> last = lastChild(evidence.trace, wait.place);
        if (!last)
            continue;
        if (!children)
            children = childrenOf(evidence.trace);
        if (auto finding = findingOf(evidence, wait, *last, (*children)[wait.place.lane]))
            findings.push_back(*std::move(finding));
    }
    return findings;
}

} // namespace loopscope
