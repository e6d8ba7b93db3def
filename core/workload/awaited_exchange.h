#pragma once

#include "core/runtime/runtime.h"
#include "core/workload/scenario_plan.h"

#include <memory>

namespace loopscope {

/// The server's task of an exchange by coroutines: see spawnExchange().
[[nodiscard]] QCoro::Task<TaskResult> runAwaitedServer(Runtime &runtime, std::shared_ptr<const PlannedTask> plan);

} // namespace loopscope
