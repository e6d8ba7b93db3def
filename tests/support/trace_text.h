#pragma once

#include "core/trace/trace.h"

#include <string>

namespace loopscope::test {

/// What there is in a trace of others, a line each: lanes with their slices, instants and samples, and flows. Numbers of names, sites and
/// events are not in it, nor is the file that it came from: two traces with the same text are the same to a person.
[[nodiscard]] std::string toldTrace(const Trace &trace);

/// The first line in which two texts differ, as "line 3: … but …"; empty if they are the same.
[[nodiscard]] std::string firstDifference(const std::string &a, const std::string &b);

} // namespace loopscope::test
