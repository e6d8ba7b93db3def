#pragma once

#include <string>
#include <string_view>

namespace loopscope {

/// Any bytes as UTF-8 that is safe to show: what is no valid UTF-8 becomes \xNN a byte; control characters \n, \t, \r or \xNN; characters
/// that nobody sees or that turn the writing direction \u{202E}. The rest stays as it is, backslashes too, so it cannot be turned back.
[[nodiscard]] std::string displayText(std::string_view bytes);

} // namespace loopscope
