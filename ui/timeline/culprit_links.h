#pragma once

#include "ui/timeline/wake_links.h"

#include <vector>

namespace loopscope {

/// How many culprits of a ready span are told one by one: those that held the loop longest.
inline constexpr std::size_t mostCulprits = 3;

/// Who held the loop while the task of a ready span could have gone on: a link from the last span of each in that time, at its end, to the
/// ready one. Empty for spans of other states, and in traces of so many tasks that asking all of them takes longer than a frame.
[[nodiscard]] std::vector<WakeLink> culpritLinksOf(const Trace &trace, SpanPlace place);

} // namespace loopscope
