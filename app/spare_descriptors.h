#pragma once

#include "core/runtime/thread_supply.h"

namespace loopscope {

/// Whether the process can open as many files as a run or a window needs to come up: without, libraries abort it.
[[nodiscard]] inline bool hasDescriptorsToComeUp()
{
    return hasSpareDescriptors(16);
}

/// What to say if it cannot.
inline constexpr auto tooFewDescriptors = "too few files may be open at once: raise the limit (ulimit -n)";

} // namespace loopscope
