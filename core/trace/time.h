#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

namespace loopscope {

/// A point or a length of time in nanoseconds. Points count from the run's start on a monotonic clock. 63 bits reach 292 years.
using Nanoseconds = std::int64_t;

inline constexpr Nanoseconds nanosecondsPerMicrosecond = 1'000;
inline constexpr Nanoseconds nanosecondsPerMillisecond = 1'000'000;
inline constexpr Nanoseconds nanosecondsPerSecond = 1'000'000'000;

/// The sum of two lengths of time, or as much of it as there is room for: a file may tell of lanes that are centuries together.
[[nodiscard]] constexpr Nanoseconds saturatedSum(Nanoseconds a, Nanoseconds b)
{
    Nanoseconds sum = 0;
    return __builtin_add_overflow(a, b, &sum) ? std::numeric_limits<Nanoseconds>::max() : sum;
}

/// The half-open interval [begin, end). Empty when end <= begin.
struct TimeRange {
    Nanoseconds begin = 0;
    Nanoseconds end = 0;

    [[nodiscard]] constexpr Nanoseconds length() const { return std::max<Nanoseconds>(0, end - begin); }
    [[nodiscard]] constexpr bool isEmpty() const { return end <= begin; }
    [[nodiscard]] constexpr bool contains(Nanoseconds at) const { return begin <= at && at < end; }
    [[nodiscard]] constexpr TimeRange intersected(TimeRange other) const
    {
        return {std::max(begin, other.begin), std::min(end, other.end)};
    }
    friend constexpr bool operator==(TimeRange, TimeRange) = default;
};

} // namespace loopscope
