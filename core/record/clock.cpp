#include "core/record/clock.h"

#include <algorithm>
#include <fstream>
#include <string>

namespace loopscope {

namespace {

// If the kernel goes by the counter: then it counts evenly and the same on all processors, which the processor's own word does not tell.
bool isTimeStampCounterTrusted()
{
#if defined(__x86_64__)
    std::ifstream file("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    std::string source;
    return std::getline(file, source) && source == "tsc";
#else
    return false;
#endif
}

} // namespace

SteadyClock::SteadyClock()
    : SteadyClock(isTimeStampCounterTrusted(), nullptr)
{
}

SteadyClock::SteadyClock(Counter counter)
    : SteadyClock(false, counter)
{
}

SteadyClock::SteadyClock(bool isTimeStampCounter, Counter counter)
    : Clock(isTimeStampCounter)
    , counter_(counter)
    , hasCounter_(isTimeStampCounter || counter != nullptr)
{
    line_.end = anchor();
    line_.begin = line_.end;
    before_ = line_;
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
    if (!hasCounter_)
        return ticks;
    const Line &line = ticks < line_.begin.ticks ? before_ : line_;
    return std::clamp(line.timeOf(ticks), line.earliest, line_.end.time);
}

} // namespace loopscope
