#include "ui/timeline/mark_painter.h"

#include <QPainter>

namespace loopscope {

void paintMarks(QPainter &painter, std::span<const MarkPicture> marks, const Theme &theme, const QFont &font, int line, int bottom)
{
    // Neither a state's colour nor the accent, which is for what is selected.
    QColor lineColour = theme.text;
    lineColour.setAlphaF(0.6F);
    for (const MarkPicture &mark : marks) {
        painter.fillRect(QRect(mark.x, mark.plate.bottom() + 1, line, std::max(0, bottom - mark.plate.bottom() - 1)), lineColour);
        painter.fillRect(mark.plate, theme.text);
        if (mark.label.text.isEmpty())
            continue;
        painter.setFont(font);
        painter.setPen(theme.canvas);
        painter.drawText(mark.label.at, mark.label.text);
    }
}

} // namespace loopscope
