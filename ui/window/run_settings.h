#pragma once

#include "core/trace/time.h"
#include "core/workload/file_reader.h"

namespace loopscope {

/// What a person sets for the runs to come.
struct RunSettings {
    static constexpr int maxWorkers = 1024;
    static constexpr int maxInFlight = 65536;
    static constexpr int maxStallThresholdMs = 600'000;
    static constexpr int maxMemoryLimitMb = 1'000'000;

    int workers = 0;            ///< threads of the pool, 1…maxWorkers; 0 is the scenario's number, or one a core
    int inFlight = 256;         ///< files read at the same time, 1…maxInFlight
    int stallThresholdMs = 100; ///< 1…maxStallThresholdMs
    int memoryLimitMb = 0;      ///< of a recording, 1…maxMemoryLimitMb; 0 is a quarter of the machine's memory
    FileReader reader = FileReader::Automatic;
    bool asksBeforeLoss = true; ///< whether to ask before a run is thrown away that is in no file
    bool autosaves = false;     ///< whether a run is kept in a file while it goes on, so that nothing is lost if the program is killed

    [[nodiscard]] Nanoseconds stallThreshold() const { return stallThresholdMs * nanosecondsPerMillisecond; }
    /// In bytes; 0 as memoryLimitMb.
    [[nodiscard]] std::uint64_t memoryLimit() const { return static_cast<std::uint64_t>(memoryLimitMb) * 1'000'000; }
    friend bool operator==(const RunSettings &, const RunSettings &) = default;
};

} // namespace loopscope
