#include "core/workload/exchange.h"

#include "core/workload/awaited_exchange.h"
#include "core/workload/blocking_exchange.h"
#include "core/workload/exchange_parts.h"

namespace loopscope {

TaskHandle spawnExchange(Runtime &runtime, const std::shared_ptr<const PlannedTask> &plan)
{
    TaskOptions options{"server", "server", 0, {}};
    if (plan->place == Place::Thread)
        return runtime.spawn(std::move(options), runThreadedServer, plan, answerPatience);
    return runtime.spawn(std::move(options), runAwaitedServer, plan, loadSocketsModule());
}

} // namespace loopscope
