#pragma once

#include "core/trace/trace.h"

#include <memory>
#include <vector>

namespace loopscope {

/// A recorded trace as it was at an earlier instant: measured data again, as far as they were known by then.
///
/// What it shows is a trace of its own that grows as the instant moves on, with the same numbers of lanes, spans, names and sites, so that
/// whoever can show a live run can show a replay. Moving on costs what happened in between, and a look at each lane that lives; moving back
/// costs a look at each lane that began before, for what is past is not copied: the two traces share it. How far a file had been read in
/// between was not kept: it is known when its task has ended. Confined to the thread of the recorded trace.
class TraceReplay {
public:
    /// Begins before the run. `recorded` may still grow.
    explicit TraceReplay(std::shared_ptr<const Trace> recorded);

    /// What was known at at(). Another object after moving back.
    [[nodiscard]] const std::shared_ptr<const Trace> &trace() const { return shown_; }
    [[nodiscard]] const std::shared_ptr<const Trace> &recorded() const { return recorded_; }
    [[nodiscard]] Nanoseconds at() const { return at_; }
    /// The end of the run, or of what has been recorded of it so far.
    [[nodiscard]] Nanoseconds end() const;

    /// Shows the instant `at`, which is brought into [0, end()].
    void moveTo(Nanoseconds at);

private:
    /// A lane that has begun and not ended.
    struct Living {
        LaneId lane = noLane;
        std::size_t next = 0; // of its spans, the first that has not begun
    };

    void restart();
    void numberNames();
    void addLanes();
    void addLane(LaneId lane);
    void follow(LaneId lane);
    /// False once the lane has ended.
    bool advance(Living &living);
    void advanceSpans(Living &living);
    void conclude(std::vector<LaneId> ended);
    void addWakes();
    void finishAtTheEnd();

    std::shared_ptr<const Trace> recorded_;
    std::shared_ptr<Trace> trace_;
    std::shared_ptr<const Trace> shown_; // the same, for who looks
    Nanoseconds at_ = 0;
    std::vector<Living> living_;
    std::size_t nextWake_ = 0;
};

} // namespace loopscope
