#pragma once

#include "core/analysis/name_measurement.h"
#include "core/analysis/range_measurement.h"

#include <QString>

namespace loopscope {

/// A measured range in a line: where it lies, and, once that is known, how many tasks, spans and wakes there are in it. Plain text.
[[nodiscard]] QString rangeSummary(const Trace &trace, const RangeMeasurement &measured);
/// In a trace of others: how many threads, slices and names.
[[nodiscard]] QString rangeSummary(const Trace &trace, const NameMeasurement &measured);

} // namespace loopscope
