#pragma once

#include "core/formats/export_progress.h"
#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <iosfwd>

namespace loopscope {

/// The `format` in the `otherData` of runs that were exported, and its newest version.
inline constexpr auto exportedRunFormat = "loopscope run";
inline constexpr int exportedRunVersion = 1;

/// Writes a trace as Chrome's Trace Event JSON, in the object form and plain ASCII, such that Perfetto takes it without an error. Times are
/// microseconds with three decimals, exactly. Written event by event: memory grows with the lanes, not with the spans.
///
/// A run of ours is one process in which each lane is a thread: `tid` is the lane's number + 1, for a thread 0 is none to Perfetto. Spans
/// are slices (X, and B of what was open at the end) called after their states; wakes are flows (s and f) wherever there are slices for
/// both of their ends; marks and the ends of tasks are instants (i); counters (C) tell how many tasks are ready, queued and in flight. What
/// others cannot use is in `args`, in metadata events called `loopscope_…`, and in `otherData`, so that openExportedRun() gets all back.
///
/// A trace of others is written as its importer reads it: threads with nested slices (X), asynchronous operations (b and e), instants,
/// counters, flows, and arguments as they were; with its marks, its notes and the problems that it was imported with, in metadata events
/// called `loopscope_…`. Which events are written X, B and E, the order of events, and what could not be imported are not kept.
///
/// False if it ended early, because the stream failed or the progress was told to stop.
[[nodiscard]] bool writeChromeJson(const Trace &trace, const Marks &marks, std::ostream &out, ExportProgress &progress);

} // namespace loopscope
