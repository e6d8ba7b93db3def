#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// The lane that ended a wait: the peer of the ready span that follows it at once; or, if the task ran in the same instant, so that there
/// is none, the one that the trace's wakes name. noLane if nobody is known.
[[nodiscard]] LaneId wakerOf(const Trace &trace, SpanPlace wait);

} // namespace loopscope
