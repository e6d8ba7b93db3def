#pragma once

#include "ui/window/run_settings.h"

class QSettings;
class QWidget;

namespace loopscope {

// What a window remembers. Whatever in the settings is missing, broken or out of range is as if it had never been set.

[[nodiscard]] RunSettings loadRunSettings(const QSettings &settings);
void saveRunSettings(QSettings &settings, const RunSettings &run);

/// Gives `window` the size and place it had, moved onto a screen that is there; else a size that suits the screen.
void restoreWindow(QWidget &window, const QSettings &settings);
void saveWindow(const QWidget &window, QSettings &settings);

} // namespace loopscope
