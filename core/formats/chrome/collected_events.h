#pragma once

#include "core/trace/imported_events.h"
#include "core/trace/marks.h"
#include "core/trace/run_info.h"
#include "core/trace/state.h"
#include "core/trace/time.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace loopscope::chrome {

// What the events of a file come to before all are known: small records, in the order of the file, with times as the file has them. A
// label, a track, a process, an id and a series are numbers into the lists of CollectedEvents.

/// What events call what they are about.
struct Label {
    std::string name;
    std::string category;
    std::optional<State> state; ///< of a task, if the event's colour says so
};

enum class MarkKind : std::uint8_t { Begin, End, Complete, Instant };

/// Of a slice on a thread: where it begins, where it ends, or all of it.
struct SliceMark {
    Nanoseconds at = 0;
    Nanoseconds end = 0; ///< of a Complete one
    std::uint32_t event = 0;
    std::uint32_t label : 24 = 0;
    std::uint32_t kind : 4 = 0; ///< a MarkKind
    std::uint32_t hasArguments : 4 = 0;

    [[nodiscard]] MarkKind markKind() const { return static_cast<MarkKind>(kind); }
};
static_assert(sizeof(SliceMark) == 24);

/// Of an operation that is on no thread: Begin, End or Instant.
struct AsyncMark {
    Nanoseconds at = 0;
    std::uint32_t id = 0;
    std::uint32_t event = 0;
    std::uint32_t label = 0;
    MarkKind kind = MarkKind::Begin;
    bool hasArguments = false;
};

/// Something that took no time, on a thread.
struct InstantMark {
    Nanoseconds at = 0;
    std::uint32_t track = 0;
    std::uint32_t event = 0;
    std::uint32_t label = 0;
};

/// One point of an arrow.
struct FlowMark {
    Nanoseconds at = 0;
    std::uint32_t id = 0;
    std::uint32_t track = 0;
    std::uint32_t event = 0;
    std::uint32_t label = 0;
    char phase = 's';           ///< s, t or f
    bool bindsEnclosing = true; ///< it belongs to the slice around it, otherwise to the one that begins next
};

/// A thread.
struct Track {
    std::uint32_t process = 0;
    std::string id; ///< its tid
    std::string name;
    std::int64_t sortIndex = 0;
    bool isUsed = false;  ///< it has slices, instants or flows
    bool isSorted = true; ///< the slices are in order of `at`
    std::vector<SliceMark> slices;
};

struct Process {
    std::string id; ///< its pid
    std::string name;
    std::string labels;
    std::int64_t sortIndex = 0;
    std::vector<std::uint32_t> tracks;
    std::vector<std::uint32_t> series;
};

/// One value of a counter.
struct Series {
    std::string name;
    std::uint32_t firstEvent = 0;
    std::vector<Sample> samples;
};

/// What a trace had beside its events when it was exported by ChromeImportedExport.
struct EarlierFacts {
    std::vector<Mark> marks; ///< with times of the file
    MarkId lastMark = 0;
    std::vector<std::string> notes;
    std::vector<ImportProblem> problems;
};

/// The events of a file so far.
struct CollectedEvents {
    std::vector<Label> labels;
    std::vector<Process> processes; ///< in the order in which they were seen first, as all lists
    std::vector<Track> tracks;
    std::vector<Series> series;
    std::vector<std::uint32_t> processOfId; ///< of the ids of asynchronous operations
    std::vector<AsyncMark> async;
    std::vector<InstantMark> instants;
    std::vector<FlowMark> flows;
    std::uint32_t flowIds = 0; ///< how many there are
    EarlierFacts earlier;
    Nanoseconds earliest = std::numeric_limits<Nanoseconds>::max();
    Nanoseconds latest = std::numeric_limits<Nanoseconds>::min();
    std::uint64_t kept = 0;    ///< events that were of use
    std::uint64_t bytes = 0;   ///< that all of it takes, about
    bool hasArguments = false; ///< some slices or instants have arguments
};

} // namespace loopscope::chrome
