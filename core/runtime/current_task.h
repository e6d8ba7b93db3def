#pragma once

#include "core/runtime/reason.h"
#include "core/runtime/wait.h"
#include "core/trace/span.h"

#include <cstdint>
#include <memory>

namespace loopscope {

class RunContext;
class TaskContext;

// What an await knows of its surroundings. All on the loop's thread, inside a task; elsewhere the program ends with a message, for nothing
// could be recorded: the task got here by an await that is not the runtime's (wrap it with traced()).

[[nodiscard]] RunContext &currentRun();
[[nodiscard]] TaskContext &currentTask();
/// A wait of the current task.
[[nodiscard]] std::shared_ptr<Wait> makeWait(const Reason &reason);

/// The recorder's number of a reason and its place.
[[nodiscard]] std::uint32_t siteOf(const Reason &reason);

/// The current task's lane, or the loop's between tasks: the cause of what happens now.
[[nodiscard]] LaneId currentLane();

} // namespace loopscope
