#pragma once

#include "core/trace/marks.h"
#include "ui/timeline/metrics.h"
#include "ui/timeline/placed_text.h"

#include <QRect>

#include <span>
#include <vector>

namespace loopscope {

/// A mark as drawn, in device pixels: a plate with its name in the ruler, and a line from there through the lanes.
struct MarkPicture {
    MarkId mark = 0;
    int x = 0;        ///< of the line
    QRect plate;      ///< its left edge is on the line; narrow if there is no room for a name
    PlacedText label; ///< empty then
};

/// The marks in sight, from left to right, in a picture of this width. No plate covers another: where marks are near each other their names
/// are elided.
[[nodiscard]] std::vector<MarkPicture> markPictures(std::span<const Mark> marks, const TimeScale &scale, const TimelineMetrics &metrics,
                                                    int width);

/// Whether a plate covers something of [left, right) in the ruler.
[[nodiscard]] bool isUnderMark(std::span<const MarkPicture> marks, int left, int right);
/// The mark whose plate covers `at`, or null.
[[nodiscard]] const MarkPicture *markAt(std::span<const MarkPicture> marks, QPoint at);

} // namespace loopscope
