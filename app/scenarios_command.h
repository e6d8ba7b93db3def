#pragma once

#include "app/command_line.h"

namespace loopscope {

/// `loopscope scenarios`: lists the built-in ones on the standard output. Returns the exit code.
[[nodiscard]] int listScenarios(const ScenariosOptions &options);

} // namespace loopscope
