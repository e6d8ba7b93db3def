#pragma once

#include "core/formats/chrome/assembly_context.h"

#include <cstdint>
#include <vector>

namespace loopscope::chrome {

/// Arrows are bound to slices in the first rows of a thread alone: for each of a million arrows more could be thousands.
inline constexpr std::uint32_t rowsWithFlows = 64;

/// Makes arrows of the flow events, from each to the next one of its id, and binds their ends to slices: to the innermost one around, or to
/// the next one that begins. `lanesOfTrack` are the lanes of each thread. False if it was told to stop.
[[nodiscard]] bool bindFlows(AssemblyContext &context, const std::vector<LaneGroup> &lanesOfTrack);

} // namespace loopscope::chrome
