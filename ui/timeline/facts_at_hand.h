#pragma once

#include "core/analysis/stalls.h"

#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

// What takes long to find out of a large trace, as far as it is known already. Asked by many widgets, in the window's thread only.

/// The stalls of a run, if they can be told at once: because the run has few spans, or has ended and rememberStalls() was told.
[[nodiscard]] std::optional<std::vector<Stall>> stallsAtHand(const Trace &trace);
/// Keeps the stalls of a run that has ended as long as its trace lives.
void rememberStalls(const std::shared_ptr<const Trace> &trace, std::vector<Stall> stalls);
/// Whether a trace is so large that its stalls had better be looked for on another thread.
[[nodiscard]] bool isLarge(const Trace &trace);

} // namespace loopscope
