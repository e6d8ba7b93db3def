#pragma once

#include "core/formats/own/opening_budget.h"
#include "core/formats/trace_opening.h"

#include <string>

namespace loopscope {

/// Saves a trace, with the marks that were made in it, as a .loopscope file that is there as a whole or not at all. What is opened again is
/// identical, but for revisions. The trace must not change meanwhile; any thread. Failures are the reason without the path: "No space left
/// on device".
[[nodiscard]] tl::expected<void, OpeningFailure> saveOwnFile(const Trace &trace, const Marks &marks, const std::string &path,
                                                             const OpeningObserver &observer);

/// The same for one of several files that are to be opened within one budget: packs no more than that leaves, and takes it from there.
[[nodiscard]] tl::expected<void, OpeningFailure> saveOwnFile(const Trace &trace, const Marks &marks, const std::string &path,
                                                             const OpeningObserver &observer, OpeningBudget &budget);

} // namespace loopscope
