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

    /// As now(), for less: what is to become a time when there is more of it. Any thread.
    [[nodiscard]] virtual Ticks ticks() const noexcept { return now(); }
    /// Makes timeOf() true for what ticks() has returned since the last call. From one thread at a time, as timeOf().
    virtual void synchronise() { }
    /// What now() would have returned in the place of ticks(). Of a reading that was taken before the last synchronise(), and seldom long
    /// before the one before it.
    [[nodiscard]] virtual Nanoseconds timeOf(Ticks ticks) const { return ticks; }
};

/// The system's monotonic clock, from the moment of its construction.
///
/// Its ticks are those of the processor's time stamp counter, where the system itself goes by it: reading that costs a third. Between two
/// readings of both, some milliseconds apart, the one is interpolated from the other, so that an error is as small as the time between two
/// instructions and does not grow. (Tracy and others calibrate once, and drift.) A counter that was set back meanwhile, as a machine's
/// sleep may do, costs the times of that interval alone.
class SteadyClock final : public Clock {
public:
    /// Reads a counter; null where there is none to be trusted. From any thread.
    using Counter = Ticks (*)();

    SteadyClock();
    explicit SteadyClock(Counter counter);

    [[nodiscard]] Nanoseconds now() const noexcept override
    {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - origin_).count();
    }
    [[nodiscard]] Ticks ticks() const noexcept override;
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

    [[nodiscard]] Anchor anchor() const noexcept;

    const std::chrono::steady_clock::time_point origin_ = std::chrono::steady_clock::now();
    const Counter counter_;
    Line line_;   // up to the last anchor
    Line before_; // and up to the one before
};

} // namespace loopscope
