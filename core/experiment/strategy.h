#pragma once

#include "core/workload/scenario.h"

#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// A way of doing the same work: what an experiment compares.
struct Strategy {
    std::string key;                    ///< what `--strategies` takes, and people read: "coroutines"
    std::string text;                   ///< what it does, a few words: "a thread for each file"
    std::vector<std::string> arguments; ///< of `loopscope run`, by which it is done so
    bool takesWorkers = true;           ///< whether the number of workers makes a difference
};

/// The parameter of a scenario by which its jobs are placed: strategies choose its values.
inline constexpr std::string_view placeParameter = "place";

/// The ways of reading files: sequential, coroutines, threads, processes, io_uring.
[[nodiscard]] const std::vector<Strategy> &readingStrategies();
/// The ways of doing what a scenario does: those of placing its jobs, if it lets one choose; else those of reading, if it reads; else the
/// one way that it is written in.
[[nodiscard]] std::vector<Strategy> strategiesOf(const Scenario &scenario);

/// Why a strategy cannot be followed on this machine: a few words; empty if it can.
[[nodiscard]] std::string obstacleTo(const Strategy &strategy);

} // namespace loopscope
