#pragma once

#include "core/formats/chrome/assembly_context.h"

#include <vector>

namespace loopscope::chrome {

/// Makes arrows of the flow events, from each to the next one of its id, and binds their ends to slices: to the innermost one around, or to
/// the next one that begins. `lanesOfTrack` are the lanes of each thread. False if it was told to stop.
[[nodiscard]] bool bindFlows(AssemblyContext &context, const std::vector<LaneGroup> &lanesOfTrack);

} // namespace loopscope::chrome
