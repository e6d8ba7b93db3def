#pragma once

#include "core/workload/scenario.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace loopscope {

/// What a run does, so that it can be done again: a scenario, or files, or a scenario that files joined.
struct RunRequest {
    std::shared_ptr<const Scenario> scenario;
    std::string scenarioPath;                  ///< of the file that the scenario is from, in raw bytes; empty of a built-in one
    std::map<std::string, std::string> values; ///< of the scenario's parameters, by name
    std::vector<std::string> paths;            ///< files and folders as they were given, in raw bytes

    [[nodiscard]] bool isEmpty() const { return !scenario && paths.empty(); }
};

} // namespace loopscope
