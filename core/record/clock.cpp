#include "core/record/clock.h"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <string>

#if defined(__x86_64__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

namespace loopscope {

namespace {

#if defined(__x86_64__)

// Counter readings that one reading of the system's monotonic clock takes, at best.
template <typename ReadClock>
Ticks costOf(ReadClock readClock)
{
    constexpr int attempts = 16;
    Ticks shortest = INT64_MAX;
    for (int i = 0; i < attempts; ++i) {
        timespec time{};
        const auto before = static_cast<Ticks>(__builtin_ia32_rdtsc());
        readClock(&time);
        shortest = std::min(shortest, static_cast<Ticks>(__builtin_ia32_rdtsc()) - before);
    }
    return shortest;
}

// Whether the C library needs no system call for it.
bool isClockReadInProcess()
{
    const Ticks asUsual = costOf([](timespec *time) { clock_gettime(CLOCK_MONOTONIC, time); });
    const Ticks byCall = costOf([](timespec *time) { syscall(SYS_clock_gettime, CLOCK_MONOTONIC, time); });
    return asUsual < byCall / 2;
}

#endif

// If the kernel goes by the counter: then it counts evenly and the same on all processors, which the processor's own word does not tell.
//
// A guest of KVM often goes by kvm-clock, which is the counter as well, and the host's word for its rate. Where the host does not vouch for
// the same count on all processors (PVCLOCK_TSC_STABLE_BIT), the kernel lets no program read it without a system call (vread_pvclock() in
// its asm/vdso/gettimeofday.h): that is what can be seen from here.
bool isTimeStampCounterTrusted()
{
#if defined(__x86_64__)
    std::ifstream file("/sys/devices/system/clocksource/clocksource0/current_clocksource");
    std::string source;
    if (!std::getline(file, source))
        return false;
    return source == "tsc" || (source == "kvm-clock" && isClockReadInProcess());
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
