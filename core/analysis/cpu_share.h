#pragma once

#include "core/analysis/prepared_batches.h"
#include "core/trace/trace.h"

#include <stop_token>
#include <vector>

namespace loopscope {

/// Whether the jobs of a task, on the loop or on a worker, use a processor: those of all kinds but "sleep" are taken to. (Those of an
/// exchange on threads wait for each other, too.)
[[nodiscard]] bool jobsCompute(const Trace &trace, LaneId task);

/// Processor time that a job which computes takes beside what lanes show: of the thread that builds the trace, and of the worker for taking
/// it and telling of its end. 0 of a trace whose processor time is not known.
[[nodiscard]] Nanoseconds besidesAJob(const Trace &trace);

/// How many times as long a worker takes to read when `readers` do at once, it among them, each on a processor of its own. `crowding` is
/// what each of them adds: see crowdingOf(). What more than four do is a guess, and that they take no longer than four.
[[nodiscard]] double readingSlowdown(int readers, double crowding, int cores);

/// How much longer it takes to read a file of so many bytes for each other worker that reads: of large ones, which share the way to memory,
/// 0.3, of small ones 0.15. Of two workers on machines of 2026 it was 0 to 0.5, with the files in the page cache.
[[nodiscard]] double crowdingOf(const FileFacts &file);

/// Who computed at once in a run: the loop, the workers, and as an average what of the run's processor time they do not explain.
class CpuShare {
public:
    /// Visits every span. `batches` are those of the trace. If it was stopped, nothing that it answers counts.
    CpuShare(const Trace &trace, const PreparedBatches &batches, int cores, const std::stop_token &stop = {});

    /// How much processor time one who computed all through a range got: all of it while no more did than there are cores, and else an
    /// equal share.
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
    class Gathering;

    [[nodiscard]] const Point &pointAt(Nanoseconds at) const;
    [[nodiscard]] double until(Nanoseconds at) const;

    std::vector<Point> points_;
};

} // namespace loopscope
