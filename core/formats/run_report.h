#pragma once

#include "core/trace/trace.h"

#include <iosfwd>
#include <string>

namespace loopscope {

/// Writes everything that is known of a run that has ended, as one JSON document of version 1 and a newline; README.md describes it.
///
/// Plain ASCII: all else is escaped, so that it is safe on a terminal. Lanes are referred to by their ids: the loop is 0, workers are 1…N,
/// tasks follow. The name of a task that reads a file is the file's path; bytes in it that are no UTF-8 are written \xNN. Keys that do not
/// apply are null. It is written span by span: the memory needed grows with how often tasks held the loop and with the pieces of the
/// critical path, some 40 bytes each, and no more. A failed stream ends it early: ask `out`.
void writeJsonReport(const Trace &trace, std::ostream &out);

/// A summary of a run for people, in lines of UTF-8 that end in a newline: totals, states, the loop, stalls, findings and failed tasks, of
/// which a few are listed and all are counted, the critical path, and the slowest tasks. Control characters of foreign texts are escaped.
[[nodiscard]] std::string textReport(const Trace &trace);

} // namespace loopscope
