#pragma once

#include "core/runtime/runtime.h"
#include "core/workload/scenario_plan.h"

#include <memory>

namespace loopscope {

/// The server's task of an exchange by blocking calls, with a thread for each connection and each client: see spawnExchange().
[[nodiscard]] QCoro::Task<TaskResult> runThreadedServer(Runtime &runtime, std::shared_ptr<const PlannedTask> plan);

} // namespace loopscope
