#pragma once

#include "core/trace/name_table.h"
#include "core/trace/span_store.h"
#include "core/trace/text_arena.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace loopscope {

enum class LaneKind : std::uint8_t {
    Loop,
    Worker,
    Task,
    // Of imported traces. The parent of each is told by its TaskFacts.
    Process, ///< has no spans: it is what its threads and counters have in common
    Thread,  ///< of a process; or what an asynchronous operation of it did
    Row,     ///< what is nested in the row before: the slices of a thread at depth 1, 2, … Its parent is the thread
    Counter, ///< of a process or a thread; its samples are among the ImportedEvents
};

/// Of the beginning of a file no more is kept.
inline constexpr std::size_t mostPreviewBytes = std::size_t(64) * 1024;

/// What is known of a file that a task read, beside its spans.
struct FileFacts {
    std::string path;                  ///< as the system spells it, in raw bytes: not necessarily UTF-8
    std::uint64_t bytes = 0;           ///< read so far, or in all once the task has ended
    std::optional<std::uint64_t> size; ///< when it was opened, in bytes; unknown before, and for files of /proc
    std::uint64_t lines = 0;           ///< newline characters, as `wc -l` counts them
    std::optional<std::uint64_t>
        firstInvalidUtf8;                       ///< offset in bytes of the first byte that is no valid UTF-8; nothing if all of it is valid
    std::shared_ptr<const std::string> preview; ///< its first mostPreviewBytes at most, raw; null if it was not kept
};

/// What is known of a task, or of an imported lane, beside its spans. The texts are names of the trace's NameTable, for tasks share most of
/// them: UTF-8, for people, in English.
struct TaskFacts {
    NameId kind = 0;   ///< "file", "sleep", "timer", "cpu", "read", "parent"; imported: "thread", "async", "counter", "process"
    NameId error = 0;  ///< why it failed
    NameId note = 0;   ///< what else is worth telling: "changed while read"; of a process its labels
    NameId result = 0; ///< what it returned: "Finished sleeping"; of an imported thread with a name its number
    LaneId parent = noLane;
    Outcome outcome = Outcome::Unfinished;
    std::unique_ptr<FileFacts> file; ///< null unless it reads a file
};

/// The state that a lane is in at the end of what was recorded, since when.
struct OpenSpan {
    Nanoseconds begin = 0;
    State state = State::Running;
    SiteId site = 0;
    LaneId peer = noLane;
};

/// One row of the timeline. A run can have hundreds of thousands, so it is as small as can be: 96 bytes.
struct Lane {
    KeptText name; ///< UTF-8, for people; valid as long as the trace
    SpanStore spans;
    TaskFacts task; ///< of a task only
    /// When it came to be: for the loop and workers 0.
    Nanoseconds begin = 0;
    LaneId id = noLane;
    LaneKind kind = LaneKind::Task;
    /// Events of it were lost, so there are gaps between its spans.
    bool incomplete = false;

    /// The number a person sees: workers are #1, #2, …
    [[nodiscard]] std::uint32_t number() const { return id; }
    /// Of a task that has not ended, a worker at work, a busy loop; nothing in between.
    [[nodiscard]] std::optional<OpenSpan> open() const
    {
        return stage_ == Stage::Open ? std::optional(OpenSpan{since_, state_, site_, peer_}) : std::nullopt;
    }
    [[nodiscard]] bool isOpen() const { return stage_ == Stage::Open; }
    /// When it ended; nothing while it lives.
    [[nodiscard]] std::optional<Nanoseconds> end() const { return hasEnded() ? std::optional(since_) : std::nullopt; }
    [[nodiscard]] bool hasEnded() const { return stage_ == Stage::Ended; }

    // Building.

    void setOpen(const OpenSpan &span)
    {
        stage_ = Stage::Open;
        since_ = span.begin;
        state_ = span.state;
        site_ = span.site;
        peer_ = span.peer;
    }
    void setClosed() { stage_ = Stage::Closed; }
    void setEnd(Nanoseconds at)
    {
        stage_ = Stage::Ended;
        since_ = at;
    }

private:
    enum class Stage : std::uint8_t { Closed, Open, Ended };

    Stage stage_ = Stage::Closed;
    State state_ = State::Running; // of the open span, as what follows
    SiteId site_ = 0;
    LaneId peer_ = noLane;
    Nanoseconds since_ = 0; // when the open span began, or when the lane ended
};

static_assert(sizeof(Lane) <= 96);

} // namespace loopscope
