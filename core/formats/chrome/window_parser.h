#pragma once

#include "core/formats/chrome/event_windows.h"
#include "core/formats/chrome/import_problems.h"
#include "core/formats/chrome/token_table.h"
#include "core/trace/time.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace loopscope::chrome {

/// The members that only some events have.
struct RareFields {
    std::string_view id;         ///< without its quotes
    bool isIdGlobal = false;     ///< it is the same in all processes
    std::string_view scope;      ///< without its quotes
    std::string_view arguments;  ///< as the file has them
    bool bindsEnclosing = false; ///< "bp" is "e"
    bool isOfSlice = false;      ///< of a flow that a slice tells with its "bind_id": whatever its name
};

/// An event that can be used as far as it is known alone.
struct ParsedEvent {
    Nanoseconds at = 0;
    Nanoseconds end = 0;      ///< of a complete one
    std::uint32_t label = 0;  ///< of ParsedWindow::labels
    std::uint32_t track = 0;  ///< of ParsedWindow::tracks
    std::uint32_t rare = 0;   ///< of ParsedWindow::rare, if it is of a phase that needs it
    std::uint32_t number = 0; ///< in its window, those that were left out counted
    char phase = 0;
    bool hasArguments = false;
};

/// What the events of a window say. Its views are into the window's text.
struct ParsedWindow {
    std::vector<ParsedEvent> events;
    std::vector<RareFields> rare;
    TokenTable labels; ///< name, category and colour, as the file has them
    TokenTable tracks; ///< pid and tid, without quotes
    ProblemCounts problems;
};

/// The phases of slices: B, E, X.
[[nodiscard]] constexpr bool isSlicePhase(char phase)
{
    return phase == 'B' || phase == 'E' || phase == 'X';
}

/// Reads all events of a window. The memory of `parsed` is used again. Any thread.
void parseWindow(const EventWindow &window, ParsedWindow &parsed);

} // namespace loopscope::chrome
