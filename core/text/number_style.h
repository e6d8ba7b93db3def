#pragma once

#include <cstdint>
#include <string>

namespace loopscope {

/// How a sentence writes its numbers, with their units: a window's way is not a terminal's. Any thread.
struct NumberStyle {
    std::string (*duration)(std::int64_t nanoseconds);           ///< how long something took, 0 or more
    std::string (*instant)(std::int64_t nanoseconds);            ///< when it happened, from the run's start on
    std::string (*share)(std::int64_t part, std::int64_t whole); ///< `part` of `whole`, in percent; 0 of nothing
    std::string (*count)(std::uint64_t count);
};

/// As number_text.h has it: ASCII alone, digits not grouped.
extern const NumberStyle terminalNumbers;

} // namespace loopscope
