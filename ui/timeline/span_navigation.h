#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <optional>

namespace loopscope {

/// More wakes or flows are not looked at for one question: a millisecond.
inline constexpr std::ptrdiff_t farthestLook = 1'000'000;

/// The span `step` places after `from` in its lane (before it, if negative); without one the first (the last) that is seen in `visible`.
/// Stops at the lane's ends. Nothing if the lane has no spans.
[[nodiscard]] std::optional<SpanPlace> neighbourSpan(const Trace &trace, LaneId lane, std::optional<std::size_t> from, int step,
                                                     TimeRange visible);

/// The time of a span; without one that of all spans of the lane. Nothing if the lane has none.
[[nodiscard]] std::optional<TimeRange> rangeOf(const Trace &trace, LaneId lane, std::optional<std::size_t> span);

/// The wake that belongs to a span of a task: of a wait (awaiting, queued, in worker) the one that ended it, of any other span the one that
/// ended the wait before it. Nothing if nobody is known to have woken the task, or it was the task itself. Looks at farthestLook wakes
/// and 100,000 spans at most.
[[nodiscard]] std::optional<Wake> wakeOf(const Trace &trace, SpanPlace place);
/// Where the wake of a span (wakeOf()) came from, in the lane that caused it. Of a slice of others the begin of the first flow that ends
/// in it.
[[nodiscard]] std::optional<SpanPlace> causeOf(const Trace &trace, SpanPlace place);
/// What this span made go on: the first wake that its lane caused from its begin on, at the task that became ready. Of a slice of others
/// the end of the first flow that begins in it.
[[nodiscard]] std::optional<SpanPlace> effectOf(const Trace &trace, SpanPlace place);

} // namespace loopscope
