#pragma once

#include <cstdint>
#include <string_view>

namespace loopscope {

/// How many newline characters there are, as `wc -l` counts lines.
[[nodiscard]] std::uint64_t countLines(std::string_view text);

} // namespace loopscope
