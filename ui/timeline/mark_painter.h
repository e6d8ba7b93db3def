#pragma once

#include "ui/theme/theme.h"
#include "ui/timeline/mark_pictures.h"

class QPainter;

namespace loopscope {

/// Draws the lines of marks down to `bottom`, on top of the lanes, and their plates on top of the ruler. `line` is how thick a line is.
void paintMarks(QPainter &painter, std::span<const MarkPicture> marks, const Theme &theme, const QFont &font, int line, int bottom);

} // namespace loopscope
