#pragma once

#include "core/experiment/strategy.h"

#include <optional>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace loopscope {

/// The work that is done in each way.
struct ExperimentWork {
    std::string title;                  ///< for people: "7 files", "executor, seconds=2"; UTF-8
    std::vector<std::string> arguments; ///< of `loopscope run`: the scenario and its values
    std::vector<std::string> paths;     ///< files and folders, raw bytes
};

/// A strategy, with a number of workers if it is one of a sweep.
struct Candidate {
    Strategy strategy;
    std::optional<int> workers; ///< nothing: as many as the work is usually done with

    /// "coroutines", "pool, 4 workers"
    [[nodiscard]] std::string name() const;
};

inline constexpr int mostRepetitions = 1000;
inline constexpr int usualRepetitions = 5;

/// What is to be measured.
struct ExperimentPlan {
    ExperimentWork work;
    std::vector<Candidate> candidates;  ///< the first is what the others are compared with
    int repetitions = usualRepetitions; ///< that count
    bool isCold = false;                ///< the page cache is emptied before each run, instead of being filled by the first
};

/// Every strategy with every number of workers, strategy by strategy; once only where their number makes no difference. `keys` choose among
/// the strategies, in their order; all of them if there are none. An error names the key that there is not, and those that there are.
[[nodiscard]] tl::expected<std::vector<Candidate>, std::string>
candidatesOf(const std::vector<Strategy> &strategies, const std::vector<std::string> &keys, const std::vector<int> &workers);

/// The command line that does the work of a plan as a candidate has it, saves what it records as `trace`, and reports nothing.
[[nodiscard]] std::vector<std::string> commandOf(const std::string &program, const ExperimentWork &work, const Candidate &candidate,
                                                 const std::string &trace);

} // namespace loopscope
