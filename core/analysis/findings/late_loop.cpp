#include "core/analysis/culprits.h"
#include "core/analysis/findings/finders.h"
#include "core/text/number_text.h"

#include <algorithm>

namespace loopscope {

namespace {

bool isStalled(const std::vector<Stall> &stalls, TimeRange range)
{
    const auto stall = std::ranges::upper_bound(stalls, range.begin, {}, [](const Stall &each) { return each.range.end; });
    return stall != stalls.end() && stall->range.begin < range.end;
}

} // namespace

std::vector<Finding> findLateLoop(const Evidence &evidence)
{
    Finding finding;
    finding.kind = FindingKind::LateLoop;
    std::map<LaneId, Nanoseconds> waits;
    std::size_t times = 0;
    LongSpan longest;
    for (const LongSpan &late : evidence.longSpans.ready) {
        const TimeRange range = late.span.range();
        if (isStalled(evidence.stalls, range) || evidence.holds.timeIn(range) < range.length() / 2)
            continue;
        finding.range.begin = times == 0 ? range.begin : std::min(finding.range.begin, range.begin);
        finding.range.end = std::max(finding.range.end, range.end);
        waits[late.place.lane] += range.length();
        if (++times == 1 || range.length() > longest.span.length())
            longest = late;
    }
    if (times == 0)
        return {};
    const LoopShares shares = loopShares(evidence.trace, evidence.holds, longest.span.range());
    finding.affected = affectedTasks(waits);
    finding.evidence = longest.place;
    const NumberStyle &numbers = evidence.numbers;
    finding.text = countText(finding.affected.size(), "task", numbers) + (finding.affected.size() == 1 ? " was" : " were")
                   + " ready for long and not run, " + numbers.duration(finding.waited())
                   + " in all, and no single callback is to blame: during the longest wait, " + numbers.duration(longest.span.length())
                   + ", the loop ran " + countText(shares.culprits.size(), "other task", numbers) + ".";
    return {std::move(finding)};
}

} // namespace loopscope
