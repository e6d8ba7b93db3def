#include "core/record/clock.h"

#include <fstream>
#include <string>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace loopscope {

namespace {

// Whether the kernel goes by the counter: then it counts evenly and the same on all processors, which the processor's own word does not
// tell.
bool isCounterTrusted()
{
#if defined(__x86_64__)
    std::ifstream file("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    std::string source;
    return std::getline(file, source) && source == "tsc";
#else
    return false;
#endif
}

Ticks readCounter() noexcept
{
#if defined(__x86_64__)
    return static_cast<Ticks>(__rdtsc());
#else
    return 0;
#endif
}

} // namespace

SteadyClock::SteadyClock()
    : hasCounter_(isCounterTrusted())
{
    line_.end = anchor();
    line_.begin = line_.end;
    before_ = line_;
}

Ticks SteadyClock::ticks() const noexcept
{
    return hasCounter_ ? readCounter() : now();
}

// Of several attempts the one that was not interrupted: the shortest.
SteadyClock::Anchor SteadyClock::anchor() const noexcept
{
    constexpr int attempts = 3;
    Anchor best;
    Ticks shortest = INT64_MAX;
    for (int i = 0; i < attempts; ++i) {
        const Ticks before = ticks();
        const Nanoseconds time = now();
        const Ticks took = ticks() - before;
        if (took < shortest) {
            shortest = took;
            best = {before + took / 2, time};
        }
    }
    return best;
}

void SteadyClock::synchronise()
{
    if (!hasCounter_)
        return;
    const Anchor begin = line_.end;
    const Anchor end = anchor();
    if (end.ticks <= begin.ticks || end.time <= begin.time)
        return;
    before_ = line_;
    line_ = {begin, end, static_cast<double>(end.time - begin.time) / static_cast<double>(end.ticks - begin.ticks)};
}

Nanoseconds SteadyClock::timeOf(Ticks ticks) const
{
    if (!hasCounter_)
        return ticks;
    return (ticks < line_.begin.ticks ? before_ : line_).timeOf(ticks);
}

} // namespace loopscope
