#pragma once

#include "core/analysis/critical_path.h"
#include "core/analysis/findings.h"
#include "core/analysis/stalls.h"

#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

// What takes long to find out of a large trace, as far as it is known already. Asked by many widgets, in the window's thread only.

/// The stalls of a run, if they can be told at once: because the run has few spans, or has ended and rememberStalls() was told.
[[nodiscard]] std::optional<std::vector<Stall>> stallsAtHand(const Trace &trace);
/// Keeps the stalls of a run that has ended as long as its trace lives.
void rememberStalls(const std::shared_ptr<const Trace> &trace, std::vector<Stall> stalls);

/// What explains a run: what is wrong with it, and what made it take as long as it did.
struct Explanation {
    std::vector<Finding> findings;       ///< in order of time, with numbers as the window writes them
    std::vector<PathPiece> criticalPath; ///< likewise
    StateTimes pathTimes;                ///< along it
};

/// Looks for it, which visits every span. `stalls` are those of the same trace. Any thread, for a run that has ended.
[[nodiscard]] Explanation explain(const Trace &trace, const std::vector<Stall> &stalls);
/// That of a run of ours that has ended: of a small one it is found out now, for a large one rememberExplanation() must have been told.
/// Null if it cannot be told yet, or there is none.
[[nodiscard]] std::shared_ptr<const Explanation> explanationAtHand(const std::shared_ptr<const Trace> &trace);
/// Keeps the explanation of a run that has ended as long as its trace lives.
void rememberExplanation(const std::shared_ptr<const Trace> &trace, std::shared_ptr<const Explanation> explanation);

/// The stalls of a run that has ended, found now if they are not at hand, and kept.
[[nodiscard]] std::vector<Stall> foundStalls(const std::shared_ptr<const Trace> &trace);
/// Whether a trace is so large that its stalls had better be looked for on another thread.
[[nodiscard]] bool isLarge(const Trace &trace);

} // namespace loopscope
