#pragma once

#include <QFont>

namespace loopscope {

/// `font` `factor` times as large, whether its size is set in points or in pixels.
[[nodiscard]] inline QFont scaledFont(QFont font, double factor)
{
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * factor);
    else
        font.setPixelSize(qMax(1, qRound(font.pixelSize() * factor)));
    return font;
}

} // namespace loopscope
