#pragma once

#include "app/command_line.h"

namespace loopscope {

/// `loopscope run`: runs, writes the picture and the report, and names on stderr what failed. Returns the exit code. Needs no display.
/// `programName` is that of main().
[[nodiscard]] int runWithoutWindow(const RunOptions &options, char *programName);

} // namespace loopscope
