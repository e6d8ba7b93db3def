#pragma once

#include "core/trace/time.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace loopscope {

/// Something in a file that could not be used as it was: left out, or mended.
struct ImportProblem {
    std::string what;            ///< for people, without numbers: "events without a phase were left out"; UTF-8
    std::uint64_t count = 0;     ///< how many there were
    std::uint64_t firstByte = 0; ///< where (unpacked) the first of them begins, or an event up to 7 before it; 0 if that is nowhere
    bool isLeftOut = true;       ///< otherwise it is there, mended as `what` says

    friend bool operator==(const ImportProblem &, const ImportProblem &) = default;
};

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
    std::string importedFrom;                     ///< the format of the file if a trace of others was read: "Chrome JSON"; else empty
    std::vector<ImportProblem> problems;          ///< in the order of their first places
    bool showsNanoseconds = false;                ///< displayTimeUnit of an imported trace is "ns"
    bool stopped = false;                         ///< ended by stop(), not by itself
    bool finished = false;                        ///< nothing will be added any more
    int cores = 0;                                ///< processors that the run could use; 0 if not known, as in files of earlier versions
};

} // namespace loopscope
