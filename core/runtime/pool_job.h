#pragma once

#include "core/runtime/reason.h"
#include "core/trace/span.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace loopscope {

class PoolJob;

/// Several jobs, for one worker to do at once. The first are those that were queued first.
using PoolJobs = std::vector<std::shared_ptr<PoolJob>>;

/// What jobs have in common that can be done at once, for less than one after the other would cost.
class PoolBatch {
public:
    virtual ~PoolBatch() = default;
    /// How many of its jobs a worker takes to do together, if `share` is what falls to it, 1 or more: not more than that; 0 to do the first
    /// alone. On any worker's thread, while the queue is locked.
    [[nodiscard]] virtual std::size_t takenOf(std::size_t share) const = 0;
    /// What the tasks await while a worker prepares their jobs. On that worker's thread.
    [[nodiscard]] virtual Reason reason() const = 0;
};

/// A job for a worker.
class PoolJob {
public:
    virtual ~PoolJob() = default;
    /// On the worker's thread; `worker` is its lane. `self` is the pool's share of this job: handed on to whom the job is finished for, so
    /// that it is freed by the loop that made it and not, across threads, by the worker. Must not throw.
    virtual void work(std::shared_ptr<PoolJob> self, LaneId worker) = 0;
    /// No worker could be started, so work() will not be called. On any thread. Must not throw: there may be no memory.
    virtual void refuse(const char *reason) = 0;
    /// The batch that it belongs to; null if it can only be done alone. Does not change while the job is queued.
    [[nodiscard]] virtual PoolBatch *batch() const { return nullptr; }
    /// Does `jobs`, this one and others of its batch, in place of a work() each. On the worker's thread. Must not throw.
    virtual void workTogether(PoolJobs &jobs, LaneId worker) = 0;
};

} // namespace loopscope
