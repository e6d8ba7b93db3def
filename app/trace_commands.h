#pragma once

#include "app/command_line.h"

namespace loopscope {

// The commands on traces, but for the one that opens the window. Each returns the exit code, needs no display, and tells on stderr what
// went wrong and what of a file could not be used.

/// `loopscope report`
[[nodiscard]] int reportTrace(const ReportOptions &options);
/// `loopscope what-if`
[[nodiscard]] int predictTrace(const WhatIfOptions &options);
/// `loopscope convert`
[[nodiscard]] int convertTrace(const ConvertOptions &options);
/// `loopscope screenshot`. `programName` is that of main().
[[nodiscard]] int drawTrace(const ScreenshotOptions &options, char *programName);
/// Whether `loopscope open` has something to open; if not, that was told.
[[nodiscard]] bool canBeOpened(const OpenOptions &options);

} // namespace loopscope
