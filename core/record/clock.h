#pragma once

#include "core/trace/time.h"

#include <chrono>

namespace loopscope {

/// What time it is, for the recorder: injected, so that tests can set it. Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    /// Nanoseconds since the clock's own origin; never runs backwards.
    [[nodiscard]] virtual Nanoseconds now() const noexcept = 0;
};

/// The system's monotonic clock, from the moment of its construction.
class SteadyClock final : public Clock {
public:
    [[nodiscard]] Nanoseconds now() const noexcept override
    {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - origin_).count();
    }
    /// The same instant on std::chrono's clock.
    [[nodiscard]] std::chrono::steady_clock::time_point timePoint(Nanoseconds at) const { return origin_ + std::chrono::nanoseconds(at); }

private:
    std::chrono::steady_clock::time_point origin_ = std::chrono::steady_clock::now();
};

} // namespace loopscope
