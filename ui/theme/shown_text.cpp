#include "ui/theme/shown_text.h"

#include "core/text/display_text.h"

namespace loopscope {

QString shownText(std::string_view text)
{
    return QString::fromStdString(displayText(text));
}

QString toolTipText(const QString &plain)
{
    return plain.isEmpty() ? QString() : QStringLiteral("<span style=\"white-space: pre-wrap\">%1</span>").arg(plain.toHtmlEscaped());
}

} // namespace loopscope
