#pragma once

#include "ui/panels/lane_story.h"

namespace loopscope {

/// The story of a lane of a trace of others, of one of its slices, or of one of its instants; of the trace for noLane. Visits a million
/// slices of a thread at most.
[[nodiscard]] LaneStory importStoryOf(const Trace &trace, LaneId lane, std::optional<std::size_t> span, std::optional<std::size_t> instant);

} // namespace loopscope
