#pragma once

#include <QString>

#include <string_view>

namespace loopscope {

/// Recorded text, which comes from strangers, as it may be shown: in one line, control characters and those that turn the writing direction
/// escaped. To be shown as plain text. Any bytes will do; what is no UTF-8 becomes \xNN.
[[nodiscard]] QString shownText(std::string_view text);
/// Plain text for widgets that would take it for HTML, such as tool tips.
[[nodiscard]] QString toolTipText(const QString &plain);

} // namespace loopscope
