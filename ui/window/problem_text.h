#pragma once

#include "core/trace/run_info.h"

#include <QString>

namespace loopscope {

/// What of a file could not be used as it was, for people: how much, and of the first few kinds where the first is. "12 events could not be
/// used: 10 × events without a phase were left out, first at byte 4,711; …". Empty if there is nothing to tell.
[[nodiscard]] QString problemText(const RunInfo &info);

/// One kind of them: "10 × events without a phase were left out, first at byte 4,711".
[[nodiscard]] QString problemText(const ImportProblem &problem);

} // namespace loopscope
