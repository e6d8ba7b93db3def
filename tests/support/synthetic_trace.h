#pragma once

#include "core/trace/trace.h"

#include <memory>

namespace loopscope::test {

/// What a synthetic trace holds.
struct SyntheticSize {
    int spans = 0; ///< in all lanes together, about; at least 100
    int tasks = 0; ///< at least 1
};

/// The size of a run with `spans` spans whose tasks fill a screen: 1,000 spans a task, but 40 tasks at least and 10,000 at most.
[[nodiscard]] SyntheticSize screenFilling(int spans);

/// A run as none was: for measuring and testing only, never for showing what a loop does. Deterministic.
///
/// An eighth of the spans are the loop's, an eighth that of four workers; the first tenth of the tasks, but 40 at least, have half of the
/// rest, so that the first lanes on a screen are dense. All of them last some ten minutes, with spans of any length in the order in which
/// tasks take their states; for stretches of up to 4,096 spans one state lasts longer than the others, so that no two zooms look the
/// same. One in 10,000 spans is blocking; every hundredth task fails. Who woke a task is known of all its ready spans, but the wakes
/// themselves only of some that are 64 spans apart.
[[nodiscard]] std::shared_ptr<Trace> syntheticTrace(SyntheticSize size);

/// One task with `spans` such spans.
[[nodiscard]] std::shared_ptr<Trace> syntheticTask(int spans);

} // namespace loopscope::test
