#pragma once

#include "core/formats/export_progress.h"
#include "core/trace/trace.h"

#include <iosfwd>

namespace loopscope {

/// Writes a trace as comma-separated values, in UTF-8: a header, and one row a span, slice or instant, lane by lane and in order of time.
///
/// The columns are `lane,kind,state,name,depth,begin_ns,dur_ns,reason,worker`: the lane by a name that no other lane has; `span`, `slice`
/// or `instant`; of a span its state; of a slice or an instant its name; how many slices a slice is nested in; when, and for how long: an
/// instant takes 0, and what is open at the end of the trace ends with it; of a span why it is in this state; the number of the worker that
/// it runs on.
///
/// Quoted as RFC 4180 has it, with lines that end in \n. A text that a spreadsheet would take for a formula, because it begins with one of
/// = + - @, a tab or a carriage return, gets a ' in front. Memory grows with the lanes, not with the spans.
///
/// False if it ended early, because the stream failed or the progress was told to stop.
[[nodiscard]] bool writeCsv(const Trace &trace, std::ostream &out, ExportProgress &progress);

/// A text as a field of such a row.
[[nodiscard]] std::string csvField(std::string_view text);

} // namespace loopscope
