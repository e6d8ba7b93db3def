#pragma once

#include "core/analysis/loop_overhead.h"
#include "core/analysis/wake_delays.h"
#include "core/trace/trace.h"

#include <cstdint>
#include <optional>
#include <stop_token>
#include <vector>

namespace loopscope {

/// What a task did between two turns of the loop, or in one, apart from how long it had to wait its turn.
struct WorkStep {
    enum class Kind : std::uint8_t {
        Run,      ///< executes on the loop
        Block,    ///< likewise, in a call that could be made on the pool
        Job,      ///< is done by a worker
        Sleep,    ///< awaits something outside of the run: a timer, a descriptor
        Slot,     ///< awaits one of the slots for files, which it gives back at its end
        Children, ///< awaits the tasks that it has made until then
        Task      ///< awaits the end of another task
    };

    Kind kind = Kind::Run;
    bool usesCpu = true;    ///< of a Block and a Job: otherwise it sleeps, and costs nobody anything
    double crowding = 0;    ///< of a Block and a Job that reads a file: as crowdingOf() has it
    SiteId site = 0;        ///< of the trace it is from
    Nanoseconds length = 0; ///< of CPU time if it uses that, as on a processor of its own; of a Slot and what follows none
    LaneId task = noLane;   ///< of a Task
};

/// A task as it would be done again.
struct RecordedTask {
    LaneId task = noLane;        ///< in the trace
    LaneId parent = noLane;      ///< that makes it
    std::size_t parentSteps = 0; ///< how many steps of its parent come before that
    Nanoseconds begin = 0;       ///< without a parent, when it is made
    bool waitsForSlot = false;   ///< so that it may be made at any time before
    bool isReadOnLoop = false;   ///< a file, of which the same is true only if it is read on the pool
    std::vector<WorkStep> steps;
};

/// What a run did, apart from how long anything waited its turn: for doing it again otherwise.
struct RecordedWork {
    std::vector<RecordedTask> tasks;
    LoopOverhead loopOverhead;
    Nanoseconds besidesAJob = 0; ///< processor time that a job takes of other threads than the loop and its worker
    WakeDelays delays;
    int cores = 1;
};

/// Reads it off the trace of a run that has ended. Jobs that were slowed down by more computing at once than there are cores, or by caches
/// that had gone cold while their worker slept, are as long as they would have been without. Of jobs that were prepared together each takes
/// an equal share of the time that its worker was at them, whether they were done then or had to be done alone. Visits every span some
/// times; nothing if it was stopped.
[[nodiscard]] std::optional<RecordedWork> recordedWorkOf(const Trace &trace, const std::stop_token &stop = {});

} // namespace loopscope
