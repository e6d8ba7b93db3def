#include "core/analysis/findings.h"

#include "core/analysis/findings/finders.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr std::array finders = {&findHeldLoops,         &findPoolStarvation, &findSequentialAwaits,
                                &findOversubscribedCpu, &findLateLoop,       &findSlowChildren};

void keepLongest(std::vector<Finding> &findings)
{
    if (findings.size() <= mostFindingsOfAKind)
        return;
    std::ranges::stable_sort(findings, std::greater<>(), [](const Finding &finding) { return finding.range.length(); });
    findings.resize(mostFindingsOfAKind);
}

} // namespace

std::string_view findingKey(FindingKind kind)
{
    constexpr std::array<std::string_view, allFindingKinds.size()> keys = {
        "stall", "never_yields", "pool_starvation", "sequential_awaits", "oversubscribed_cpu", "late_loop", "slow_child"};
    return keys[static_cast<std::size_t>(kind)];
}

Nanoseconds Finding::waited() const
{
    Nanoseconds sum = 0;
    for (const AffectedTask &each : affected)
        sum = saturatedSum(sum, each.waited);
    return sum;
}

std::vector<Finding> findFindings(const Trace &trace, const std::vector<Stall> &stalls, const LoopHolds &holds, const NumberStyle &numbers)
{
    if (!trace.hasLoop() || trace.now() <= trace.info().stallThreshold)
        return {};
    const Evidence evidence{trace, stalls, holds, longSpans(trace), numbers};
    std::vector<Finding> all;
    for (const auto &find : finders) {
        std::vector<Finding> found = find(evidence);
        keepLongest(found);
        std::ranges::move(found, std::back_inserter(all));
    }
    std::ranges::stable_sort(all, {}, [](const Finding &finding) { return finding.range.begin; });
    return all;
}

} // namespace loopscope
