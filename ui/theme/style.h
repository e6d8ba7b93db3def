#pragma once

#include "ui/theme/theme.h"

#include <QPalette>
#include <QString>

namespace loopscope {

/// The palette of a program that looks as `theme` does. It leaves Midlight open, which nothing here is painted with: set as the
/// application's, it is another one once the desktop's is, and the application is told.
[[nodiscard]] QPalette paletteOf(const Theme &theme);

/// Text that is readable on the accent.
[[nodiscard]] QColor textOnAccent(const Theme &theme);

/// The style sheet of the program's window: flat panels, hairlines, one accent. Buttons with the property "primary" are filled with the
/// accent, those with "flat" have no frame until the mouse is over them; labels with "muted" are quieter, those with "failure" have the
/// colour of failures; texts with "framed" have a frame.
[[nodiscard]] QString styleSheetOf(const Theme &theme);

} // namespace loopscope
