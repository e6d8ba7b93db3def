#pragma once

#include "core/trace/time.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace loopscope {

/// What is known of a run as a whole.
struct RunInfo {
    std::string title;              ///< "7 files", "executor"; UTF-8
    std::int64_t startedUnixNs = 0; ///< wall clock at time 0, ns since 1970
    int workers = 0;                ///< size of the pool asked for
    int inFlight = 0;               ///< files read at the same time, at most
    Nanoseconds stallThreshold = 100 * nanosecondsPerMillisecond;
    std::map<std::string, std::uint64_t> skipped; ///< what was not read in folders, by kind: "fifo" → 2
    std::vector<std::string> notes;               ///< "only 2 of 4 workers could be started"
    Nanoseconds wall = 0;                         ///< from time 0 to the last task's end
    Nanoseconds cpu = 0;                          ///< the process's CPU time, user and system, during the run
    std::uint64_t peakRssBytes = 0;               ///< of the process
    std::uint64_t droppedEvents = 0;              ///< events lost because a buffer was full
    std::uint64_t spansNotKept = 0;               ///< spans and wakes that there was no memory for, or that lie out of range
    std::uint64_t tasksToCome = 0;                ///< known of, and not made yet
    bool stopped = false;                         ///< ended by stop(), not by itself
    bool finished = false;                        ///< nothing will be added any more
};

} // namespace loopscope
