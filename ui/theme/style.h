#pragma once

#include "ui/theme/theme.h"

#include <QPalette>
#include <QString>

namespace loopscope {

/// The palette of a window that looks as `theme` does.
[[nodiscard]] QPalette paletteOf(const Theme &theme);

/// Text that is readable on the accent.
[[nodiscard]] QColor textOnAccent(const Theme &theme);

/// The style sheet of the program's window: flat panels, hairlines, one accent. Buttons with the property "primary" are filled with the
/// accent, those with "flat" have no frame until the mouse is over them; labels with "muted" are quieter.
[[nodiscard]] QString styleSheetOf(const Theme &theme);

} // namespace loopscope
