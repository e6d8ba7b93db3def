#pragma once

#include "core/trace/trace.h"

#include <QString>
#include <QStringList>

namespace loopscope {

/// What a span may say inside its rectangle: the first that is not empty and fits is drawn. In a task's lane a worker's number and the
/// job, a duration, a reason; in a worker's or the loop's lane the task's name, which may be elided; a slice's is its name.
struct SpanLabels {
    QStringList texts;
    bool mayBeElided = false; ///< the last of them
};

[[nodiscard]] SpanLabels spanLabels(const Trace &trace, LaneId lane, std::size_t span);

/// What is told of a span under the mouse, as rich text in which every recorded text is escaped: its state and length, when, why and where
/// it waits, who woke it, who held the loop meanwhile.
[[nodiscard]] QString spanToolTip(const Trace &trace, LaneId lane, std::size_t span);
/// A span in one plain sentence, for who does not see it: "reading a.txt: awaiting for 12.4 ms, timer, woken by worker #2".
[[nodiscard]] QString spanSentence(const Trace &trace, LaneId lane, std::size_t span);
/// As spanToolTip() for `count` spans from `first` on that share a pixel: how much time they spent in which state.
[[nodiscard]] QString runToolTip(const Trace &trace, LaneId lane, std::size_t first, std::size_t count);
/// As spanToolTip() for `count` instants of a lane from `first` on.
[[nodiscard]] QString instantToolTip(const Trace &trace, LaneId lane, std::size_t first, std::size_t count);
/// As spanToolTip() for a counter's lane: its value at an instant, and between which values it is. Empty before it has one.
[[nodiscard]] QString counterToolTip(const Trace &trace, LaneId lane, Nanoseconds at);

/// Where a lane of a trace of others is, in the middle of a sentence: "main of renderer (12)".
[[nodiscard]] QString whereabouts(const Trace &trace, LaneId lane);
/// The name of a slice, or what stands for it: "(no name)".
[[nodiscard]] QString siteName(const Trace &trace, SiteId site);

} // namespace loopscope
