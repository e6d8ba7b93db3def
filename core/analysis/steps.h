#pragma once

#include <algorithm>
#include <cstddef>

namespace loopscope {

// Measuring goes on in slices of so many steps. A step is what a look at a span costs.

/// Entering a lane, and folding its blocks, costs as much as some spans.
inline constexpr std::size_t stepsALane = 8;

/// Takes `some` of the steps that are left, or all of them.
inline void takeSteps(std::size_t &left, std::size_t some)
{
    left -= std::min(left, some);
}

} // namespace loopscope
