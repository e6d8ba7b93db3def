#pragma once

#include "core/workload/scenario_plan.h"

#include <map>
#include <string>

namespace loopscope {

/// A scenario, and what it will do with the values chosen.
struct ChosenScenario {
    Scenario scenario;
    ScenarioPlan plan;
};

/// The scenario that `--scenario` names: a built-in one, or the one in that file, raw bytes; with the values of `--set`. An error is a
/// sentence without its full stop.
[[nodiscard]] tl::expected<ChosenScenario, std::string> chooseScenario(const std::string &name,
                                                                       const std::map<std::string, std::string> &values);

} // namespace loopscope
