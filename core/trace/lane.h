#pragma once

#include "core/trace/span_store.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace loopscope {

enum class LaneKind : std::uint8_t { Loop, Worker, Task };

/// What is known of a file that a task read, beside its spans.
struct FileFacts {
    std::string path;                  ///< as the system spells it, in raw bytes: not necessarily UTF-8
    std::uint64_t bytes = 0;           ///< read so far, or in all once the task has ended
    std::optional<std::uint64_t> size; ///< when it was opened, in bytes; unknown before, and for files of /proc
    std::uint64_t lines = 0;           ///< newline characters, as `wc -l` counts them
    std::optional<std::uint64_t>
        firstInvalidUtf8;                       ///< offset in bytes of the first byte that is no valid UTF-8; nothing if all of it is valid
    std::shared_ptr<const std::string> preview; ///< its first 64 KiB at most, raw; null if it was not kept
};

/// What is known of a task beside its spans. Texts are UTF-8, for people, in English.
struct TaskFacts {
    std::string kind; ///< "file", "sleep", "timer", "cpu", "read", "parent"
    LaneId parent = noLane;
    Outcome outcome = Outcome::Unfinished;
    std::string error;  ///< why it failed
    std::string note;   ///< what else is worth telling: "changed while read"
    std::string result; ///< what it returned: "Finished sleeping"
    std::optional<FileFacts> file;
};

/// The state that a lane is in at the end of what was recorded, since when.
struct OpenSpan {
    Nanoseconds begin = 0;
    State state = State::Running;
    SiteId site = 0;
    LaneId peer = noLane;
};

/// One row of the timeline.
struct Lane {
    LaneId id = noLane;
    LaneKind kind = LaneKind::Task;
    std::string name; ///< UTF-8, for people
    SpanStore spans;
    /// A task that has not ended, a worker at work, a busy loop; nothing in between.
    std::optional<OpenSpan> open;
    /// When it came to be: for the loop and workers 0.
    Nanoseconds begin = 0;
    /// When it ended; nothing while it lives.
    std::optional<Nanoseconds> end;
    /// Events of it were lost, so there are gaps between its spans.
    bool incomplete = false;
    /// Of a task only.
    TaskFacts task;

    /// The number a person sees: workers are #1, #2, …
    [[nodiscard]] std::uint32_t number() const { return id; }
};

} // namespace loopscope
