#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <optional>
#include <stop_token>

namespace loopscope {

/// When there is a slice in the rows of a thread of others, and none in its own lane: in order of time, without overlap, each stretch in
/// the state of the slice that began first. Visits every slice of the rows, and takes memory for the answer, of `mostBytes` at most, and
/// for the rows. Nothing if that does not suffice, or if it was stopped.
[[nodiscard]] std::optional<SpanStore> spansOutside(const Trace &trace, LaneId thread, const std::stop_token &stop, std::size_t mostBytes);

} // namespace loopscope
