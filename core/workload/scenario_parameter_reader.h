#pragma once

#include "core/workload/json_reader.h"

#include <vector>

namespace loopscope {

/// Reads the member `parameters` of a scenario's document, at most 32.
[[nodiscard]] std::vector<ScenarioParameter> readParameters(const ObjectReader &document, FirstError &error);

} // namespace loopscope
