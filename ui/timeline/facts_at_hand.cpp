#include "ui/timeline/facts_at_hand.h"

#include <algorithm>

namespace loopscope {

namespace {

// What visits so many spans takes a few milliseconds.
constexpr std::size_t mostSpansAtOnce = 50'000;

struct KnownStalls {
    const Trace *trace; // compared only, once `life` tells that it is still that one
    std::weak_ptr<const Trace> life;
    std::vector<Stall> stalls;
};

std::vector<KnownStalls> &knownStalls()
{
    static std::vector<KnownStalls> known;
    return known;
}

} // namespace

bool isLarge(const Trace &trace)
{
    return trace.spanCount() > mostSpansAtOnce;
}

std::optional<std::vector<Stall>> stallsAtHand(const Trace &trace)
{
    if (!isLarge(trace))
        return findStalls(trace);
    const auto &all = knownStalls();
    const auto known = std::ranges::find_if(all, [&](const KnownStalls &each) { return each.trace == &trace && !each.life.expired(); });
    return known == all.end() ? std::nullopt : std::optional(known->stalls);
}

void rememberStalls(const std::shared_ptr<const Trace> &trace, std::vector<Stall> stalls)
{
    std::erase_if(knownStalls(), [&](const KnownStalls &each) { return each.life.expired() || each.trace == trace.get(); });
    knownStalls().push_back({trace.get(), trace, std::move(stalls)});
}

} // namespace loopscope
