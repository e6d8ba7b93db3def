#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace loopscope {

/// `text` in lines of 80 columns at most, broken at spaces, each but the first after `indent` spaces: the first goes on a line that has
/// reached that column already. Ends in a newline. Counts a character of UTF-8 as a column.
[[nodiscard]] std::string wrappedText(std::string_view text, std::size_t indent);

} // namespace loopscope
