#include "core/record/clock.h"

#include <algorithm>
#include <fstream>
#include <string>

#if defined(__x86_64__)
#include <x86intrin.h>
#endif

namespace loopscope {

namespace {

#if defined(__x86_64__)
Ticks readTimeStampCounter()
{
    return static_cast<Ticks>(__rdtsc());
}
#endif

// If the kernel goes by the counter: then it counts evenly and the same on all processors, which the processor's own word does not tell.
SteadyClock::Counter trustedCounter()
{
#if defined(__x86_64__)
    std::ifstream file("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    std::string source;
    if (std::getline(file, source) && source == "tsc")
        return readTimeStampCounter;
#endif
    return nullptr;
}

} // namespace

SteadyClock::SteadyClock()
    : SteadyClock(trustedCounter())
{
}

SteadyClock::SteadyClock(Counter counter)
    : counter_(counter)
{
    line_.end = anchor();
    line_.begin = line_.end;
    before_ = line_;
}

Ticks SteadyClock::ticks() const noexcept
{
    return counter_ != nullptr ? counter_() : now();
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
    if (counter_ == nullptr)
        return;
    const Anchor begin = line_.end;
    const Anchor end = anchor();
    if (end.time <= begin.time)
        return;
    before_ = line_;
    const bool isSetBack = end.ticks <= begin.ticks;
    if (isSetBack)
        line_ = {
            {INT64_MIN, begin.time}, end, line_.nanosecondsATick, begin.time}; // of all that was read since: nobody knows when it was set
    else
        line_ = {begin, end, static_cast<double>(end.time - begin.time) / static_cast<double>(end.ticks - begin.ticks), INT64_MIN};
}

Nanoseconds SteadyClock::timeOf(Ticks ticks) const
{
    if (counter_ == nullptr)
        return ticks;
    const Line &line = ticks < line_.begin.ticks ? before_ : line_;
    return std::clamp(line.timeOf(ticks), line.earliest, line_.end.time);
}

} // namespace loopscope
