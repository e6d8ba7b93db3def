#pragma once

#include "core/trace/trace.h"

#include <iosfwd>
#include <string>

namespace loopscope {

/// Writes what there is to tell of a trace of others, as one JSON document of version 1 and a newline: of each lane and of each name how
/// much there is and how long it takes, and what in the file could not be used; README.md describes it. Plain ASCII, as writeJsonReport().
void writeImportedJsonReport(const Trace &trace, std::ostream &out);

/// The same as a summary for people, in lines of UTF-8 that end in a newline: of lanes and names those with most time are listed, and all
/// are counted. Control characters of foreign texts are escaped.
[[nodiscard]] std::string importedTextReport(const Trace &trace);

/// A problem in words: "events without a phase were left out: 3, the first at byte 1234".
[[nodiscard]] std::string problemText(const ImportProblem &problem);

} // namespace loopscope
