#pragma once

#include "core/trace/trace.h"

#include <QString>

namespace loopscope {

/// What stands for "none": "–".
[[nodiscard]] QString noValueText();
/// The name of a state, or of an outcome, for people.
[[nodiscard]] QString stateName(State state);
[[nodiscard]] QString outcomeName(Outcome outcome);

/// What a task is doing, or how it ended: "in worker", "done".
[[nodiscard]] QString stateText(const Lane &task);
/// What a task returned, why it failed, how many lines its file has, and what else is worth telling; empty while there is nothing.
[[nodiscard]] QString resultText(const Trace &trace, const Lane &task);
/// What a lane is called where others mention it: a task by its name, "worker #2", "the loop".
[[nodiscard]] QString laneTitle(const Trace &trace, LaneId lane);
/// From a task's begin to its end, or to now while it lives.
[[nodiscard]] TimeRange lifetime(const Trace &trace, const Lane &lane);

} // namespace loopscope
