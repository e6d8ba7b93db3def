#pragma once

#include "core/trace/trace.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace loopscope {

/// What would be otherwise in a run.
struct WhatIf {
    std::optional<int> workers;      ///< so many; as many as there were if nothing
    bool movesLoopJobs = false;      ///< what blocked the loop is done by the pool
    bool hasEndlessInFlight = false; ///< no file waits for a slot
};

/// Does a recorded run again, in thought: the same steps of the same tasks, by one loop and a pool, each in the order in which they come,
/// with as many cores as there were. Answers the trace that this would leave, whose wall time is the prediction. Nothing was measured of
/// it, which its notes say.
///
/// What it cannot know: how long a step would have taken on a machine that is otherwise busy, or from the disk, for which it takes the time
/// that it took; how long threads take to wake in a run in which none that slept was woken; and that files would have been read in another
/// way, by io_uring or not. Jobs that were prepared together it does one by one. Of a run of ours that has ended. Takes some times as long
/// as a visit to every span; null if it was stopped before its end.
[[nodiscard]] std::shared_ptr<Trace> predictRun(const Trace &trace, const WhatIf &change, const std::stop_token &stop = {});

} // namespace loopscope
