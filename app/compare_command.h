#pragma once

#include "app/command_line.h"

namespace loopscope {

/// `loopscope compare`: measures, and reports on the standard output. Returns the exit code.
[[nodiscard]] int compareStrategies(const CompareOptions &options, char *programName);

} // namespace loopscope
