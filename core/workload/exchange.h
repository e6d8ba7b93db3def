#pragma once

#include "core/runtime/runtime.h"
#include "core/workload/scenario_plan.h"

#include <memory>

namespace loopscope {

/// Spawns a task "server", which listens on a loopback TCP port that the system chooses, or on a local socket of the run's own, makes the
/// clients of `plan`, a task each, and ends when they have. Each client connects, sends requests of so many bytes, one after another, with
/// pauses between them, and checks the answers; each connection is served by a task of its own.
///
/// With Place::Await all of them are coroutines on the loop, on QCoro's network classes. With Place::Thread each is a blocking job on plain
/// sockets; that needs a run with a thread a job (ScenarioPlan::needsThreadAJob), and fails without.
[[nodiscard]] TaskHandle spawnExchange(Runtime &runtime, const std::shared_ptr<const PlannedTask> &plan);

} // namespace loopscope
