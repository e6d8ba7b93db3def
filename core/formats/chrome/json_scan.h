#pragma once

#include <cstdint>

namespace loopscope::chrome {

/// How many bytes behind the end of a text must be readable for the functions below; what they hold does not matter.
inline constexpr std::size_t scanPadding = 64;

/// Where a scan of a JSON value is: it begins in front of the value, and goes on wherever the text was cut.
struct NestingState {
    std::uint64_t depth = 0;       ///< brackets that are open
    std::uint64_t inString = 0;    ///< all ones within a string, else 0
    std::uint64_t afterEscape = 0; ///< 1 if the next byte is escaped by a backslash before it
};

/// The place behind the bracket that closes the array or object in which `state` is, or `end` if there is more to come: then `state.depth`
/// is not 0. Exact about strings and escapes; of brackets only the number counts, not the kind, and a backslash outside of strings, where
/// JSON has none, escapes a quote too. 64 bytes at a time, in bit masks, as the first stage of simdjson does it (Langdale and Lemire,
/// "Parsing gigabytes of JSON per second", 2019).
[[nodiscard]] const char *findNestingEnd(const char *at, const char *end, NestingState &state);

/// The quote that ends the string of which `at` is the first character, or `end`.
[[nodiscard]] const char *findStringEnd(const char *at, const char *end);

/// The first byte that is no white space of JSON, or `end`.
[[nodiscard]] inline const char *skipWhiteSpace(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t'))
        ++at;
    return at;
}

} // namespace loopscope::chrome
