#pragma once

#include "core/runtime/runtime.h"
#include "core/workload/scenario_plan.h"

#include <chrono>
#include <memory>

namespace loopscope {

/// The server's task of an exchange by blocking calls, with a thread for each connection and each client: see spawnExchange(). `patience`
/// is how long each end of a connection waits for the other one, and the server for the next client: there may be no thread for it.
[[nodiscard]] QCoro::Task<TaskResult> runThreadedServer(Runtime &runtime, std::shared_ptr<const PlannedTask> plan,
                                                        std::chrono::milliseconds patience);

} // namespace loopscope
