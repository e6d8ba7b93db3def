#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/span_navigation.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace loopscope {

/// A wake with the spans at both of its ends: where it came from, and what went on because of it. In a trace of others a flow, which can
/// take its time.
struct WakeLink {
    Nanoseconds at = 0;
    SpanPlace cause;
    SpanPlace effect;
    std::optional<Nanoseconds> received{}; ///< of a flow: when it arrived

    friend constexpr bool operator==(const WakeLink &, const WakeLink &) = default;
};

/// The wakes of one span.
struct WakeLinks {
    std::vector<WakeLink> links; ///< the wake of the span, if there is one, then those it caused, in order of time
    std::size_t leftOut = 0;     ///< how many more it caused

    friend bool operator==(const WakeLinks &, const WakeLinks &) = default;
};

/// How many wakes that a span caused are told one by one.
inline constexpr std::size_t mostEffects = 32;

/// The wake of the span (wakeOf()), and those that its lane caused while it lasted: what `[` and `]` walk. If it caused none, the first
/// one after it, for `]` leads there. Looks at a million wakes at most.
///
/// Of a slice of others: the flows that end in it and those that begin in it, in order of time. A flow belongs to the innermost slice at
/// its instant.
[[nodiscard]] WakeLinks wakeLinksOf(const Trace &trace, SpanPlace place);

} // namespace loopscope
