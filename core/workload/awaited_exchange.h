#pragma once

#include "core/runtime/runtime.h"
#include "core/workload/exchange_sockets.h"
#include "core/workload/scenario_plan.h"

#include <memory>
#include <string>

#include <tl/expected.hpp>

namespace loopscope {

/// The server's task of an exchange by coroutines: see spawnExchange(). It fails where there are no sockets.
[[nodiscard]] QCoro::Task<TaskResult> runAwaitedServer(Runtime &runtime, std::shared_ptr<const PlannedTask> plan,
                                                       tl::expected<const SocketsModule *, std::string> sockets);

} // namespace loopscope
