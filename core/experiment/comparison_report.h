#pragma once

#include "core/experiment/comparison.h"

#include <iosfwd>
#include <string>

namespace loopscope {

/// A comparison for people: a table with a line a candidate, notes, and the tasks whose ends lie farthest apart. Lines of UTF-8.
[[nodiscard]] std::string comparisonText(const Comparison &comparison);

/// All of a comparison as one JSON document of version 1 and a newline; README.md describes it. Plain ASCII.
void writeComparisonJson(const Comparison &comparison, std::ostream &out);

/// The same without what follows from the traces, tasks and notes: what a file of a comparison holds beside these.
void writeComparisonDescription(const Comparison &comparison, std::ostream &out);

/// Its runs as CSV, a row each, as RFC 4180 has it, with lines that end in a line feed.
void writeComparisonCsv(const Comparison &comparison, std::ostream &out);

} // namespace loopscope
