#pragma once

#include "core/experiment/experiment_plan.h"
#include "core/experiment/run_figures.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace loopscope {

/// The middle of several measurements, and how far they lie apart. Of an even number it is the smaller one of the two in the middle, so
/// that it was measured.
struct Spread {
    std::int64_t median = 0;
    std::int64_t least = 0;
    std::int64_t most = 0;

    friend bool operator==(const Spread &, const Spread &) = default;
};

/// How a candidate did.
struct CandidateResult {
    Candidate candidate;
    std::string obstacle;               ///< why it could not be measured, or not to the end: a few words, UTF-8; empty if it could
    std::vector<RunFigures> runs;       ///< in order; empty until there is one
    std::size_t middleRun = 0;          ///< the one whose wall time is the median
    std::shared_ptr<const Trace> trace; ///< of that run; null while there is none
    std::string traceObstacle{};        ///< why it could not be read from a file: as `obstacle`, empty if it could
    bool isPredicted = false;           ///< worked out, not measured; no file keeps it

    /// Of one figure of every run; of none it is 0.
    [[nodiscard]] Spread spreadOf(const std::function<std::int64_t(const RunFigures &)> &figure) const;
    [[nodiscard]] Spread wall() const;
};

/// What an experiment found.
struct Comparison {
    std::string title; ///< of the work, UTF-8
    int repetitions = 0;
    int cores = 0;
    std::int64_t startedUnixNs = 0; ///< ns since 1970
    bool isCold = false;            ///< the page cache was empty at the start of each run
    bool isComplete = false;        ///< otherwise it was cancelled, or goes on
    std::vector<CandidateResult> candidates;

    /// What whoever reads the figures should know: failed tasks, files that came from the disk, what is missing. Sentences without their
    /// full stop, UTF-8.
    [[nodiscard]] std::vector<std::string> notes() const;
    /// Median wall time of a candidate as a multiple of the first one's; 0 if either is not known.
    [[nodiscard]] double ratioOf(const CandidateResult &result) const;
};

/// The same task under each candidate.
struct ComparedTask {
    std::string name;                              ///< UTF-8; of a file its path, raw bytes
    std::vector<std::optional<Nanoseconds>> ends;  ///< when it was done, from the start of the run, in the order of the candidates
    std::vector<std::optional<Nanoseconds>> idles; ///< how long it was ready or queued: it could have gone on

    /// How far its ends lie apart.
    [[nodiscard]] Nanoseconds difference() const;
};

/// The tasks of all candidates' traces, matched by name; of several with the same name the first with the first, and so on. In the order in
/// which the first trace that has it has made it.
[[nodiscard]] std::vector<ComparedTask> compareTasks(const Comparison &comparison);

} // namespace loopscope
