#pragma once

#include "core/formats/own/opening_budget.h"
#include "core/formats/trace_opening.h"

#include <string>
#include <string_view>

namespace loopscope {

/// Whether a file that begins with `head` is a .loopscope file, be it complete or a journal.
[[nodiscard]] bool looksLikeOwnFile(std::string_view head);

/// Opens what saveOwnFile() saved, or the journal of a run that was cut off: then all of it up to its last whole block, and a note in the
/// RunInfo says so. The file is read once, and not needed any more, but for the arguments of events. A file of a newer version is refused,
/// and so is one whose trace would take more than half of the machine's memory. `previewed` is not called.
[[nodiscard]] OpeningResult openOwnFile(const std::string &path, const OpeningObserver &observer);

/// The same within a budget, from which it takes what it takes: of a file that cannot be opened what it unpacked, too.
[[nodiscard]] OpeningResult openOwnFile(const std::string &path, const OpeningObserver &observer, OpeningBudget &budget);

} // namespace loopscope
