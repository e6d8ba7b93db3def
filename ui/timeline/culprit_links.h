#pragma once

#include "ui/timeline/wake_links.h"

#include <vector>

namespace loopscope {

/// How many culprits of a ready span are told one by one: those that held the loop longest.
inline constexpr std::size_t mostCulprits = 3;

/// So many tasks can be asked for what they did at one time while a person moves the mouse: a quarter of a microsecond each.
inline constexpr std::size_t mostTasksAsked = 50'000;

/// Who held the loop while the task of a ready span could have gone on: a link from the last span of each in that time, at its end, to the
/// ready one. Empty for spans of other states, and where asking would take longer than some frames: in traces of more than mostTasksAsked
/// tasks, and for spans in which there are millions of others.
[[nodiscard]] std::vector<WakeLink> culpritLinksOf(const Trace &trace, SpanPlace place);

} // namespace loopscope
