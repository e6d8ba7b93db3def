#pragma once

#include <source_location>

namespace loopscope {

/// Why a task waits, and at which line: `co_await runtime.sleep(1s, "timer")` takes the line of that call.
///
/// The text must live as long as the program: a string literal, or one kept by keepText().
struct Reason {
    // Implicit, so that a literal at the call is enough and the place is the caller's.
    Reason(const char *reasonText, std::source_location place = std::source_location::current())
        : text(reasonText)
        , at(place)
    {
    }

    const char *text;
    std::source_location at;
};

/// A copy of `text` that is never freed; equal texts share one. For the reasons of scenarios, which are few. Any thread.
[[nodiscard]] const char *keepText(const char *text);

} // namespace loopscope
