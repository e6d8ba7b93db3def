#pragma once

#include "core/formats/trace_opening.h"

#include <chrono>
#include <cstdint>

namespace loopscope {

/// Tells an observer of progress, not too often.
class ProgressClock {
public:
    explicit ProgressClock(const OpeningObserver &observer)
        : observer_(observer)
    {
    }

    void tell(std::uint64_t done, std::uint64_t all)
    {
        const auto now = std::chrono::steady_clock::now();
        if (!observer_.progressed || now - told_ < interval)
            return;
        told_ = now;
        observer_.progressed(done, all);
    }

private:
    static constexpr std::chrono::milliseconds interval{50};

    const OpeningObserver &observer_;
    std::chrono::steady_clock::time_point told_;
};

} // namespace loopscope
