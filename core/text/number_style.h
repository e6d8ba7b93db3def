#pragma once

#include <cstdint>
#include <string>

namespace loopscope {

/// How a sentence writes its numbers: a window, which has a way of its own, shows it among those that it wrote itself.
struct NumberStyle {
    std::string (*duration)(std::int64_t nanoseconds);
    std::string (*instant)(std::int64_t nanoseconds);
    std::string (*share)(std::int64_t part, std::int64_t whole);
    std::string (*count)(std::uint64_t count);
};

/// That of number_text.h.
extern const NumberStyle terminalNumbers;

} // namespace loopscope
