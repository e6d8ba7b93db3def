#pragma once

#include "core/trace/time.h"

#include <cstdint>
#include <string_view>

namespace loopscope::chrome {

/// A time as a file writes it, in microseconds with any number of decimals: exact to the twelfth of them, whatever its size, for no double
/// is in between. (The slices of a thread may touch: rounded one by one, they would overlap.)
struct ExactTime {
    Nanoseconds whole = 0;      ///< rounded towards the past
    std::uint32_t fraction = 0; ///< what is left, in billionths of a nanosecond

    friend constexpr bool operator==(const ExactTime &, const ExactTime &) = default;
};

/// The times that are taken are within so many nanoseconds of 0: 126 years, which reach from 1970 to 2096. The sum of two is a Nanoseconds.
inline constexpr Nanoseconds furthestTime = 4'000'000'000'000'000'000;

enum class TimeReading : std::uint8_t { Good, NoNumber, OutOfRange };

/// Reads a number as JSON writes it: "-12.5", "1e3"; no more and no less than `token` must be one. `time` is set if it is Good.
[[nodiscard]] TimeReading readMicroseconds(std::string_view token, ExactTime &time);

/// The sum, rounded towards the past.
[[nodiscard]] constexpr Nanoseconds roundedSum(const ExactTime &a, const ExactTime &b)
{
    constexpr std::uint32_t one = 1'000'000'000;
    return a.whole + b.whole + (a.fraction + b.fraction >= one ? 1 : 0);
}

} // namespace loopscope::chrome
