#pragma once

#include <QColor>
#include <QIcon>

namespace loopscope {

/// The few pictograms of the program.
enum class Glyph { Play, Stop, Pause, Fit, Export, Close, Drop };

/// A pictogram in one colour, sharp at any size, and fainter where disabled.
[[nodiscard]] QIcon glyphIcon(Glyph glyph, const QColor &colour);

} // namespace loopscope
