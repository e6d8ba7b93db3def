#pragma once

#include "core/record/clock.h"

#include <atomic>

namespace loopscope::test {

/// A clock that stands still until it is set.
class ManualClock final : public Clock {
public:
    [[nodiscard]] Nanoseconds now() const noexcept override { return now_.load(std::memory_order_relaxed); }
    void set(Nanoseconds now) { now_.store(now, std::memory_order_relaxed); }

private:
    std::atomic<Nanoseconds> now_{0};
};

} // namespace loopscope::test
