#include "ui/timeline/facts_at_hand.h"

#include <QElapsedTimer>

#include <algorithm>

namespace loopscope {

namespace {

// What visits so many spans or lanes takes a few milliseconds.
constexpr std::size_t mostSpansAtOnce = 50'000;
constexpr std::size_t mostLanesAtOnce = 5'000;
constexpr qint64 bytesLastMs = 1000;

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

struct KnownBytes {
    const Trace *trace = nullptr;
    std::uint64_t revision = 0;
    std::size_t bytes = 0;
    QElapsedTimer age;

    [[nodiscard]] bool isFresh(const Trace &of) const
    {
        if (trace != &of || !age.isValid() || revision > of.revision())
            return false;
        return revision == of.revision() || (!of.info().finished && age.elapsed() < bytesLastMs);
    }
};

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

std::size_t bytesAtHand(const Trace &trace)
{
    if (trace.laneCount() <= mostLanesAtOnce)
        return trace.byteSize();
    static KnownBytes known;
    if (!known.isFresh(trace)) {
        known.trace = &trace;
        known.revision = trace.revision();
        known.bytes = trace.byteSize();
        known.age.start();
    }
    return known.bytes;
}

} // namespace loopscope
