#include "ui/theme/shown_text.h"

#include "core/text/display_text.h"

namespace loopscope {

QString shownText(std::string_view text)
{
    return QString::fromStdString(displayText(text));
}

// Unless white space is to be kept, Qt's HTML takes a narrow no-break space for any other, at which a line may end.
QString toolTipText(const QString &plain)
{
    return plain.isEmpty() ? QString() : QStringLiteral("<span style=\"white-space: pre-wrap\">%1</span>").arg(plain.toHtmlEscaped());
}

} // namespace loopscope
