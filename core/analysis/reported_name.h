#pragma once

#include "core/trace/trace.h"

#include <string>

namespace loopscope {

/// The name of a task for people: the path of the file that it reads, or else its own, as displayName() has it.
[[nodiscard]] std::string reportedName(const Trace &trace, LaneId task);

} // namespace loopscope
