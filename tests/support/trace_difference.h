#pragma once

#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <string>

namespace loopscope::test {

/// The first thing in which two traces differ, for people; empty if they are identical but for revisions and memory. Arguments are asked
/// for every event that a span or an instant names.
[[nodiscard]] std::string differenceBetween(const Trace &a, const Trace &b);
[[nodiscard]] std::string differenceBetween(const Marks &a, const Marks &b);

} // namespace loopscope::test
