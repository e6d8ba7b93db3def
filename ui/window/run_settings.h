#pragma once

#include "core/trace/time.h"
#include "core/workload/file_reader.h"

namespace loopscope {

/// What a person sets for the runs to come.
struct RunSettings {
    static constexpr int maxWorkers = 1024;
    static constexpr int maxInFlight = 65536;
    static constexpr int maxStallThresholdMs = 600'000;

    int workers = 0;            ///< threads of the pool, 1…maxWorkers; 0 is the scenario's number, or one a core
    int inFlight = 256;         ///< files read at the same time, 1…maxInFlight
    int stallThresholdMs = 100; ///< 1…maxStallThresholdMs
    FileReader reader = FileReader::Automatic;

    [[nodiscard]] Nanoseconds stallThreshold() const { return stallThresholdMs * nanosecondsPerMillisecond; }
    friend bool operator==(const RunSettings &, const RunSettings &) = default;
};

} // namespace loopscope
