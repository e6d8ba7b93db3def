#include "ui/timeline/facts_at_hand.h"

#include "ui/theme/format.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

// What visits so many spans takes a few milliseconds.
constexpr std::size_t mostSpansAtOnce = 50'000;

/// What is known of traces, as long as they live.
template <typename Fact>
class Known {
public:
    [[nodiscard]] const Fact *of(const Trace &trace) const
    {
        const auto entry = std::ranges::find_if(entries_, [&](const Entry &each) { return each.trace == &trace && !each.life.expired(); });
        return entry == entries_.end() ? nullptr : &entry->fact;
    }
    void remember(const std::shared_ptr<const Trace> &trace, Fact fact)
    {
        std::erase_if(entries_, [&](const Entry &each) { return each.life.expired() || each.trace == trace.get(); });
        entries_.push_back({trace.get(), trace, std::move(fact)});
    }

private:
    struct Entry {
        const Trace *trace; // compared only, once `life` tells that it is still that one
        std::weak_ptr<const Trace> life;
        Fact fact;
    };

    std::vector<Entry> entries_;
};

Known<std::vector<Stall>> &knownStalls()
{
    static Known<std::vector<Stall>> known;
    return known;
}

Known<std::shared_ptr<const Explanation>> &knownExplanations()
{
    static Known<std::shared_ptr<const Explanation>> known;
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
    const std::vector<Stall> *known = knownStalls().of(trace);
    return known ? std::optional(*known) : std::nullopt;
}

void rememberStalls(const std::shared_ptr<const Trace> &trace, std::vector<Stall> stalls)
{
    knownStalls().remember(trace, std::move(stalls));
}

std::vector<Stall> foundStalls(const std::shared_ptr<const Trace> &trace)
{
    if (const auto known = stallsAtHand(*trace))
        return *known;
    rememberStalls(trace, findStalls(*trace));
    return *knownStalls().of(*trace);
}

Explanation explain(const Trace &trace, const std::vector<Stall> &stalls)
{
    const LoopHolds holds(trace);
    Explanation explanation{findFindings(trace, stalls, holds, windowNumbers), criticalPath(trace, holds), {}};
    explanation.pathTimes = timesAlong(explanation.criticalPath);
    return explanation;
}

std::shared_ptr<const Explanation> explanationAtHand(const std::shared_ptr<const Trace> &trace)
{
    if (!trace || !trace->hasLoop() || !trace->info().finished)
        return nullptr;
    if (const auto *known = knownExplanations().of(*trace))
        return *known;
    if (isLarge(*trace))
        return nullptr;
    rememberExplanation(trace, std::make_shared<const Explanation>(explain(*trace, findStalls(*trace))));
    return *knownExplanations().of(*trace);
}

void rememberExplanation(const std::shared_ptr<const Trace> &trace, std::shared_ptr<const Explanation> explanation)
{
    knownExplanations().remember(trace, std::move(explanation));
}

} // namespace loopscope
