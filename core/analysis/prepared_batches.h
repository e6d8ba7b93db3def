#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <vector>

namespace loopscope {

/// Jobs that a worker prepared together, by one call of the system, and then did one after the other. Or prepared in vain: they were queued
/// again, and done alone.
struct PreparedBatch {
    LaneId worker = noLane; ///< noLane if it was in vain, for nobody knows who did it
    TimeRange range;        ///< from when it began with them to the end of the last one, or to when they were queued again
    std::size_t jobs = 0;

    friend constexpr bool operator==(const PreparedBatch &, const PreparedBatch &) = default;
};

/// The batches of a trace. Their tasks await the preparation, and the worker's own lane shows the jobs alone, so that how long it was at
/// work on them is in no span.
class PreparedBatches {
public:
    /// Visits every span.
    explicit PreparedBatches(const Trace &trace);

    /// Worker by worker, in order of time, those in vain last. Those of one worker do not overlap. Of those in vain two that did are one.
    [[nodiscard]] const std::vector<PreparedBatch> &all() const { return batches_; }
    /// The batch in which a job, an in-worker span, was done; null if it was done alone. Valid as long as this object.
    [[nodiscard]] const PreparedBatch *of(SpanPlace job) const { return find(prepared_, job); }
    /// The batch in which a job was prepared in vain before it was done alone; null if it was not. Valid as long as this object.
    [[nodiscard]] const PreparedBatch *vainOf(SpanPlace job) const { return find(vain_, job); }

private:
    struct Job {
        SpanPlace place;
        TimeRange range; ///< of what was done: since when it was prepared, to its end or to when it was queued again
        LaneId worker = noLane;
        std::size_t batch = 0;
    };
    using Jobs = std::vector<Job>; // by their places

    void collect(const Trace &trace, LaneId task);
    void group(Jobs &jobs);
    [[nodiscard]] const PreparedBatch *find(const Jobs &jobs, SpanPlace job) const;

    Jobs prepared_;
    Jobs vain_;
    std::vector<PreparedBatch> batches_;
};

/// Whether a job, an in-worker span, was prepared in vain before.
[[nodiscard]] bool wasPreparedInVain(const Trace &trace, SpanPlace job);

} // namespace loopscope
