#pragma once

#include "ui/panels/lane_story.h"

namespace loopscope {

/// The span of a task that says most about it: of a task that lives the present one; of one that has ended the longest in which it blocked
/// the loop, if that was a stall, else the longest in which it was late for a notable time, else the longest of all. Nothing if it has
/// none.
[[nodiscard]] std::optional<std::size_t> tellingSpan(const Trace &trace, LaneId task);

/// Why span `span` of `task` was as it was: how long, waiting for what, who held the loop meanwhile, and the remedy where a blocking call
/// is to blame.
[[nodiscard]] Passage passageOn(const Trace &trace, LaneId task, std::size_t span);

/// Who woke `task` from the wait that span `span` is or follows; nothing if nobody is known to have.
[[nodiscard]] std::optional<Fact> wokenBy(const Trace &trace, LaneId task, std::size_t span);

/// The line of source of a span: "file_reading.cpp:88 · readFile"; nothing if it is not known.
[[nodiscard]] std::optional<Fact> sourceLine(const Trace &trace, const Span &span);

/// The bare name of a function that a compiler spells with its types and namespaces: "loopscope::Task x::readFile(int)" → "readFile".
[[nodiscard]] QString bareFunctionName(const QString &spelled);

} // namespace loopscope
