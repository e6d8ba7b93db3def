#pragma once

#include "core/workload/scenario_plan.h"

#include <QString>

namespace loopscope {

/// What a plan will do, for people, before it does it: "On 3 workers: 6 × sync_function (sleeps 3 s on a worker)."
[[nodiscard]] QString planText(const ScenarioPlan &plan);

} // namespace loopscope
