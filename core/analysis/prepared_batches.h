#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <vector>

namespace loopscope {

/// Jobs that a worker prepared together, by one call of the system, and then did one after the other.
struct PreparedBatch {
    LaneId worker = noLane;
    TimeRange range; ///< from when it began with them to the end of the last one
    std::size_t jobs = 0;

    friend constexpr bool operator==(const PreparedBatch &, const PreparedBatch &) = default;
};

/// The batches of a trace. Their tasks await the preparation, and the worker's own lane shows the jobs alone, so that how long it was at
/// work on them is in no span.
class PreparedBatches {
public:
    /// Visits every span.
    explicit PreparedBatches(const Trace &trace);

    /// Worker by worker, in order of time. Those of one worker do not overlap.
    [[nodiscard]] const std::vector<PreparedBatch> &all() const { return batches_; }
    /// The batch to which an in-worker span belongs; null if the job was done alone. Valid as long as this object.
    [[nodiscard]] const PreparedBatch *of(SpanPlace job) const;

private:
    struct Job {
        SpanPlace place;
        TimeRange range;          ///< of the job alone
        Nanoseconds prepared = 0; ///< since when
        LaneId worker = noLane;
        std::size_t batch = 0;
    };

    void collect(const Trace &trace, LaneId task);
    void group();

    std::vector<Job> jobs_; // by their places
    std::vector<PreparedBatch> batches_;
};

} // namespace loopscope
