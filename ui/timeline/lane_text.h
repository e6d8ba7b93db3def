#pragma once

#include "core/analysis/stalls.h"
#include "ui/timeline/lane_layout.h"

#include <QString>

#include <vector>

namespace loopscope {

/// The one telling fact of a lane, shown at the right of its name.
struct LaneFact {
    QString text;
    bool isFailure = false; ///< drawn in the colour of failures

    friend bool operator==(const LaneFact &, const LaneFact &) = default;
};

/// How numbers of bytes are written: for reading on a screen, or to the last digit for a picture that is kept.
enum class ByteFigures { Rounded, Exact };

/// What a lane is called: the loop's and the tasks' names, and "#1" for workers; a row as its thread.
[[nodiscard]] QString laneName(const Trace &trace, LaneId lane);
/// Of a task that runs its state and progress, of one that has ended its bytes, its result or why it failed; of the loop, of workers and of
/// the threads of others how much of the run they were busy; of a counter its least and greatest value.
[[nodiscard]] LaneFact laneFact(const Trace &trace, LaneId lane, ByteFigures figures = ByteFigures::Rounded);
/// "Event loop", "Pinned", "Tasks", "Workers"; in a trace of others "Threads".
[[nodiscard]] QString groupTitle(const Trace &trace, LaneGroup group);
/// What some lanes of tasks are together: how tasks have ended, or how many slices there are in threads and their rows.
[[nodiscard]] QString lanesSummary(const Trace &trace, const std::vector<LaneId> &lanes);
/// "5 done · 1 failed"; of unfinished tasks nothing.
[[nodiscard]] QString outcomesText(const TaskTotals &totals);
/// What a group's header says at its right end: "busy 21 % · 1 stall of 600 ms", "5 done · 1 failed", "2 of 3 busy". Visits every task of a
/// run that goes on: to be kept, not asked for in every frame. The stalls are those at hand (stallsAtHand()).
[[nodiscard]] QString groupSummary(const Trace &trace, LaneGroup group);
/// How many lanes of a trace belong to a group, shown or not, pinned or not: those that groupSummary() speaks of. A thread is one with its
/// rows. None of those that are pinned.
[[nodiscard]] std::size_t groupSize(const Trace &trace, LaneGroup group);
/// The loop's with the stalls of the run, which have been found elsewhere.
[[nodiscard]] QString loopSummary(const Trace &trace, const std::vector<Stall> &stalls);

/// How long the run has lasted so far, in ns; at least 1.
[[nodiscard]] Nanoseconds runLength(const Trace &trace);
/// How much of that the loop or a worker was busy.
[[nodiscard]] Nanoseconds busyTime(const Trace &trace, LaneId lane);
/// The same for a range of time.
[[nodiscard]] Nanoseconds busyTimeIn(const Trace &trace, LaneId lane, TimeRange range);

} // namespace loopscope
