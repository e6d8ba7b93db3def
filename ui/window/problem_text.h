#pragma once

#include "core/trace/run_info.h"

#include <QString>

namespace loopscope {

/// What of a file could not be used as it was, for people: how much, and of the first few kinds where the first is. "12 events could not be
/// used (events without a phase were left out: 12, the first at byte 4711).". Empty if there is nothing to tell.
[[nodiscard]] QString problemSentence(const RunInfo &info);

} // namespace loopscope
