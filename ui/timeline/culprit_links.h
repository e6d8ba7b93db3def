#pragma once

#include "ui/timeline/wake_links.h"

#include <vector>

namespace loopscope {

/// How many culprits of a ready span are told one by one: those that held the loop longest.
inline constexpr std::size_t mostCulprits = 3;

/// Whether asking who held the loop in a range takes no longer than some frames, so that it can be done while a person moves the mouse: a
/// quarter of a microsecond for each task of the trace, and less for each span that the range may have, were all alike. Any thread.
[[nodiscard]] bool areHoldersSoonFound(const Trace &trace, TimeRange range);

/// Who held the loop while the task of a ready span could have gone on: a link from the last span of each in that time, at its end, to the
/// ready one. Empty for spans of other states, and where they are not soon found.
[[nodiscard]] std::vector<WakeLink> culpritLinksOf(const Trace &trace, SpanPlace place);

} // namespace loopscope
