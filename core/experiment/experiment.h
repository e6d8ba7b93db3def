#pragma once

#include "core/experiment/comparison.h"

#include <functional>
#include <stop_token>
#include <string>

namespace loopscope {

/// What the one who has an experiment run is told. Called on the thread that runs it; neither need be there.
struct ExperimentObserver {
    std::stop_token stop; ///< ends it within 100 ms, but while the page cache is emptied, which nothing interrupts
    /// A run begins: of which candidate, the how-manieth it is of all runs, counted from 0, and how many there are, as far as known.
    std::function<void(const Candidate &candidate, int run, int runs)> began;
    /// A run has ended: what is known so far. A copy of it may be kept: traces in it do not change.
    std::function<void(const Comparison &comparison)> measured;
};

/// Does the work of a plan in each of its ways, each time in a process of its own, and compares them. First every candidate runs once
/// without being counted, so that the files are in the page cache and it is known which candidates there are; then the rounds, each of
/// which begins with another candidate. `program` is Loopscope's own, which runs and measures.
///
/// Blocks for as long as it takes. What it was cancelled in comes back as it is, incomplete. Traces are kept in a temporary folder until
/// the end. An error, if there is not even that folder, is a sentence without a full stop. Any thread.
[[nodiscard]] tl::expected<Comparison, std::string> runExperiment(const ExperimentPlan &plan, const std::string &program,
                                                                  const ExperimentObserver &observer);

} // namespace loopscope
