#pragma once

#include "core/trace/time.h"

#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace loopscope {

/// A width and a height in pixels.
struct PixelSize {
    int width = 0;
    int height = 0;

    friend constexpr bool operator==(PixelSize, PixelSize) = default;
};

/// A value of the command line, or the sentence that says what it has to be: "is no whole number from 1 to 1024".
template <typename T>
using OptionValue = tl::expected<T, std::string>;

/// A whole number in [least, most], in decimal digits and nothing else.
[[nodiscard]] OptionValue<int> parseWholeNumber(std::string_view text, int least, int most);
/// A number in [least, most], with a decimal point whatever the locale.
[[nodiscard]] OptionValue<double> parseNumber(std::string_view text, double least, double most);
/// "1.5s..2s", "250ms..", "..300": from one time to a later one, each a number with a unit (ns, us, ms, s), or in milliseconds. One that is
/// left out is 0, or the latest that there is.
[[nodiscard]] OptionValue<TimeRange> parseTimeRange(std::string_view text);
/// "1600x900": each side from 1 to `most`.
[[nodiscard]] OptionValue<PixelSize> parsePixelSize(std::string_view text, int most);

} // namespace loopscope
