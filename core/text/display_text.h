#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loopscope {

/// Any bytes as UTF-8 that is safe to show: what is no valid UTF-8 becomes \xNN a byte; control characters \n, \t, \r or \xNN; characters
/// that nobody sees or that turn the writing direction \u{202E}. The rest stays as it is, backslashes too, so it cannot be turned back.
[[nodiscard]] std::string displayText(std::string_view bytes);

/// UTF-8 of which the middle is left out, an ellipsis in its place, if it has more than `most` characters; `most` is 1 at least.
[[nodiscard]] std::string elidedMiddle(std::string_view text, std::size_t most);

/// displayText() of a name, which may be as long as a stranger likes: no longer than a few lines of a terminal.
[[nodiscard]] std::string displayName(std::string_view bytes);

} // namespace loopscope
