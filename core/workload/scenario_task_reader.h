#pragma once

#include "core/workload/json_reader.h"

#include <vector>

namespace loopscope {

/// Reads the member `tasks`. That every parameter fits where it is used, and is used, is checked too.
[[nodiscard]] std::vector<ScenarioTask> readTasks(const ObjectReader &document, const std::vector<ScenarioParameter> &parameters,
                                                  FirstError &error);

} // namespace loopscope
