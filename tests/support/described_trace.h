#pragma once

#include "core/trace/trace.h"

#include <string>

namespace loopscope::test {

/// All that an imported trace holds, as text with a line for each lane: its kind, name and parent, then spans, instants and samples. So
/// that a test can say what it expects, and a failure shows what is different.
///
///     process "tool (7)"
///     thread "main" of 1: paint/gfx 10-30, draw 40-?
///     row "main" of 2: 12-13
///     flow click: 2@10 -> 3@12
[[nodiscard]] std::string describe(const Trace &trace);

/// Its problems, a line each: "2 at 17: events without a phase were left out".
[[nodiscard]] std::string describeProblems(const Trace &trace);

} // namespace loopscope::test
