#pragma once

#include "core/analysis/prepared_batches.h"
#include "core/trace/trace.h"

#include <vector>

namespace loopscope {

/// Whether the jobs of a task, on the loop or on a worker, use a processor: of all kinds but "sleep", whose jobs wait.
[[nodiscard]] bool jobsCompute(const Trace &trace, LaneId task);

/// Processor time that a job takes besides, of the thread that builds the trace and of whoever hands it over, which no lane shows. 0 of a
/// trace whose processor time is not known.
[[nodiscard]] Nanoseconds besidesAJob(const Trace &trace);

/// How many times as long a worker takes to read when `readers` do at once, it among them, each on a processor of its own: they share the
/// way to memory. Plain C takes 1.08 to 1.2 times as long on two threads, for files of any size that are in the page cache.
[[nodiscard]] double readingSlowdown(int readers, int cores);

/// Who computed at once in a run: the loop, the workers, and as an average what of the run's processor time they do not explain.
class CpuShare {
public:
    /// Visits every span. `batches` are those of the trace.
    CpuShare(const Trace &trace, const PreparedBatches &batches, int cores);

    /// How much processor time one who computed in a range got, where there were more who did than cores.
    [[nodiscard]] Nanoseconds in(TimeRange range) const;
    /// How many workers read files at an instant.
    [[nodiscard]] int readersAt(Nanoseconds at) const;

private:
    struct Point {
        Nanoseconds at = 0;
        double cpu = 0; ///< from 0 to there
        double rate = 1;
        int readers = 0;
    };
    struct Change {
        Nanoseconds at = 0;
        int computing = 0;
        int readers = 0;
    };

    void add(TimeRange range, bool reads);
    void addLoop(const Trace &trace);
    void addWorkers(const Trace &trace, const PreparedBatches &batches);
    [[nodiscard]] double besides(const Trace &trace) const;
    void sumUp(double besides, int cores);
    [[nodiscard]] const Point &pointAt(Nanoseconds at) const;
    [[nodiscard]] double until(Nanoseconds at) const;

    std::vector<Change> changes_; // in order of time once they are summed up
    Nanoseconds seen_ = 0;        // processor time, if all who computed had a processor of their own
    Nanoseconds jobs_ = 0;
    std::vector<Point> points_;
};

} // namespace loopscope
