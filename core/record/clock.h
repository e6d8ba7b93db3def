#pragma once

#include "core/trace/time.h"

#include <chrono>
#include <cstdint>

namespace loopscope {

/// A reading of a clock, in its own unit, that Clock::timeOf() understands.
using Ticks = std::int64_t;

/// What time it is, for the recorder: injected, so that tests can set it.
class Clock {
public:
    virtual ~Clock() = default;
    /// Nanoseconds since the clock's own origin; never runs backwards. Any thread.
    [[nodiscard]] virtual Nanoseconds now() const noexcept = 0;

    /// As now(), for less: what is to become a time when there is more of it. Any thread. Here, because a call and a jump by a pointer
    /// cost half as much as the reading.
    [[nodiscard]] Ticks ticks() const noexcept { return isTimeStampCounter_ ? timeStampCounter() : otherTicks(); }
    /// Makes timeOf() true for what ticks() has returned since the last call. From one thread at a time, as timeOf().
    virtual void synchronise() { }
    /// What now() would have returned in the place of ticks(). Of a reading that was taken before the last synchronise(), and seldom long
    /// before the one before it.
    [[nodiscard]] virtual Nanoseconds timeOf(Ticks ticks) const { return ticks; }

protected:
    Clock() = default;
    /// Of a clock whose ticks are those of the time stamp counter that processors of the x86-64 kind have, if the argument is true.
    explicit Clock(bool isTimeStampCounter)
        : isTimeStampCounter_(isTimeStampCounter)
    {
    }
    /// The ticks of any other clock. Any thread.
    [[nodiscard]] virtual Ticks otherTicks() const noexcept { return now(); }

private:
    static Ticks timeStampCounter() noexcept
    {
#if defined(__x86_64__)
        return static_cast<Ticks>(__builtin_ia32_rdtsc());
#else
        return 0;
#endif
    }

    const bool isTimeStampCounter_ = false;
};

/// The system's monotonic clock, from the moment of its construction.
///
/// Its ticks are those of the processor's time stamp counter, where the system itself goes by it, be it as a guest of KVM: reading that
/// costs a third. Between two readings of both, some milliseconds apart, the one is interpolated from the other, so that an error is as
/// small as the time between two instructions and does not grow. (Tracy and others calibrate once, and drift.) A counter that was set back
/// meanwhile, as a machine's sleep may do, costs the times of that interval alone.
class SteadyClock final : public Clock {
public:
    /// Reads a counter. From any thread.
    using Counter = Ticks (*)();

    SteadyClock();
    /// Goes by another counter than the processor's; by none, which is the monotonic clock alone, if it is null.
    explicit SteadyClock(Counter counter);

    [[nodiscard]] Nanoseconds now() const noexcept override
    {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - origin_).count();
    }
    void synchronise() override;
    [[nodiscard]] Nanoseconds timeOf(Ticks ticks) const override;

private:
    /// One instant on both clocks.
    struct Anchor {
        Ticks ticks = 0;
        Nanoseconds time = 0;
    };
    /// What leads from one anchor to the next.
    struct Line {
        Anchor begin;
        Anchor end;
        double nanosecondsATick = 0;
        Nanoseconds earliest = INT64_MIN; // what it is true of, if the counter was set back

        [[nodiscard]] Nanoseconds timeOf(Ticks ticks) const
        {
            return end.time - static_cast<Nanoseconds>(static_cast<double>(end.ticks - ticks) * nanosecondsATick);
        }
    };

    SteadyClock(bool isTimeStampCounter, Counter counter);
    [[nodiscard]] Ticks otherTicks() const noexcept override { return counter_ != nullptr ? counter_() : now(); }
    [[nodiscard]] Anchor anchor() const noexcept;

    const std::chrono::steady_clock::time_point origin_ = std::chrono::steady_clock::now();
    const Counter counter_;
    const bool hasCounter_;
    Line line_;   // up to the last anchor
    Line before_; // and up to the one before
};

} // namespace loopscope
