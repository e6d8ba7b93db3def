#pragma once

#include "core/experiment/comparison.h"
#include "core/formats/own/opening_budget.h"
#include "core/formats/trace_opening.h"

#include <string>

namespace loopscope {

/// How the name of a file ends that holds a comparison.
inline constexpr auto comparisonEnding = ".loopcompare";

/// Saves a comparison with the traces in it, as one file that is there as a whole or not at all: a zip archive of comparison.json, which is
/// what writeComparisonDescription() writes, and N.loopscope, the trace of candidate N, counted from 0. Of all traces together no
/// more is packed than the budget allows to unpack again. `path` is in raw bytes. Failures are the reason without it. Any thread.
[[nodiscard]] tl::expected<void, OpeningFailure> saveComparison(const Comparison &comparison, const std::string &path,
                                                                const OpeningObserver &observer, OpeningBudget budget = {});

/// Opens what saveComparison() saved. A trace that is damaged is missing, and so is one for which, after those before it, the budget has no
/// more: the notes say which and why, and its candidate's figures are there. Failures are the reason without the path. The observer is not
/// told how far it is, but can stop it. Any thread.
[[nodiscard]] tl::expected<Comparison, OpeningFailure> openComparison(const std::string &path, const OpeningObserver &observer,
                                                                      OpeningBudget budget = {});

} // namespace loopscope
