#include "ui/panels/fixed_font.h"

#include <QFontDatabase>
#include <QFontInfo>

namespace loopscope {

QFont fixedFontBeside(const QFont &text)
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(QFontInfo(text).pointSizeF() * 0.9); // its letters are wide
    return fixed;
}

} // namespace loopscope
