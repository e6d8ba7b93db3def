#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// When there is a slice in the rows of a thread of others, and none in its own lane: in order of time, without overlap, each stretch in
/// the state of the slice that began first. Visits every slice of the rows.
[[nodiscard]] SpanStore spansOutside(const Trace &trace, LaneId thread);

} // namespace loopscope
