#pragma once

#include "core/text/number_style.h"

#include <cstdint>
#include <string>

namespace loopscope {

// Numbers for a terminal: three significant digits, a plain space before the unit, a decimal point whatever the locale.

/// "512 ns", "12.3 us", "355 ms", "1.23 s", "125 s". In ASCII, so that columns line up by bytes.
[[nodiscard]] std::string durationText(std::int64_t nanoseconds);
/// In powers of 1000: "512 B", "4.10 kB", "64.0 MB".
[[nodiscard]] std::string bytesText(double bytes);
/// `part` of `whole`: "21 %", "0.4 %", "<0.1 %"; "0 %" if `whole` is 0. "0 %" and "100 %" are exact otherwise.
[[nodiscard]] std::string shareText(std::int64_t part, std::int64_t whole);
/// "1 file", "7 files".
[[nodiscard]] std::string countText(std::uint64_t count, const char *noun, const NumberStyle &numbers = terminalNumbers);

} // namespace loopscope
