#pragma once

#include "core/trace/trace.h"

#include <QString>
#include <QStringList>

namespace loopscope {

/// What a span may say inside its rectangle: the first that is not empty and fits is drawn. In a task's lane a worker's number and the
/// job, a duration, a reason; in a worker's or the loop's lane the task's name, which may be elided.
struct SpanLabels {
    QStringList texts;
    bool mayBeElided = false; ///< the last of them
};

[[nodiscard]] SpanLabels spanLabels(const Trace &trace, LaneId lane, std::size_t span);

/// What is told of a span under the mouse, as rich text in which every recorded text is escaped: its state and length, when, why and where
/// it waits, who woke it, who held the loop meanwhile.
[[nodiscard]] QString spanToolTip(const Trace &trace, LaneId lane, std::size_t span);
/// A span in one plain sentence, for who does not see it: "reading a.txt: awaiting for 12.4 ms, timer, woken by #2".
[[nodiscard]] QString spanSentence(const Trace &trace, LaneId lane, std::size_t span);
/// As spanToolTip() for `count` spans from `first` on that share a pixel: how much time they spent in which state.
[[nodiscard]] QString runToolTip(const Trace &trace, LaneId lane, std::size_t first, std::size_t count);

} // namespace loopscope
