#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope {

/// How many tasks of a run were in what, from an instant on.
struct TaskCounts {
    std::uint32_t ready = 0;
    std::uint32_t queued = 0;
    std::uint32_t inFlight = 0; ///< begun and not ended, those left out that wait for a slot

    friend constexpr bool operator==(const TaskCounts &, const TaskCounts &) = default;
};

/// Walks along a run and tells whenever the counts of its tasks change. Memory grows with the tasks, not with their spans.
class TaskCountWalk {
public:
    /// The trace must outlive it, and not change.
    explicit TaskCountWalk(const Trace &trace);

    struct Change {
        Nanoseconds at = 0;
        TaskCounts counts;

        friend constexpr bool operator==(const Change &, const Change &) = default;
    };
    /// The next instant at which a count is another one than before; nothing at the end.
    std::optional<Change> next();

private:
    /// What becomes of a task at an instant: its span `span` begins, or ends and nothing follows at once.
    struct Turn {
        Nanoseconds at = 0;
        LaneId task = noLane;
        std::uint32_t span = 0;
        bool isEnd = false;
    };
    struct IsLater {
        bool operator()(const Turn &a, const Turn &b) const { return a.at != b.at ? a.at > b.at : a.task > b.task; }
    };

    void take(const Turn &turn);
    void push(const Turn &turn);
    void count(const Turn &turn, const Span &span, bool isEntered);

    const Trace &trace_;
    NameId slot_ = 0;         // the reason of those that wait for one; 0 if none does
    std::vector<Turn> turns_; // a heap: the next turn of each task
    TaskCounts counts_;
};

} // namespace loopscope
