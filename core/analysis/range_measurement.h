#pragma once

#include "core/analysis/length_histogram.h"
#include "core/trace/trace.h"

#include <array>
#include <cstddef>

namespace loopscope {

/// The spans of a range that are in one state.
struct MeasuredSpans {
    LengthHistogram lengths; ///< of whole spans, those that cross the range's edges too
    LaneId longestLane = noLane;
    std::size_t longestSpan = 0; ///< where the longest of them is, as Trace::span takes it
};

/// What some lanes did in a range.
struct MeasuredLanes {
    StateTimes times; ///< inside the range: spans that cross its edges count with the part inside
    std::array<MeasuredSpans, stateCount> spans;
    std::size_t wakes = 0; ///< that made one of these lanes ready

    [[nodiscard]] const MeasuredSpans &operator[](State state) const { return spans[static_cast<std::size_t>(state)]; }
    /// Spans in all states.
    [[nodiscard]] std::size_t spanCount() const;
};

/// Measures a range of time: what one lane did in it, and what all tasks did.
///
/// Done in slices, so that ten million spans stop nobody: first the times, which the summaries of the spans' blocks give cheaply, then
/// every span for its length, then the wakes. While the trace grows, what comes late is left to the next measurement. A span belongs to the
/// range if it overlaps it, or has no length and begins in it.
class RangeMeasurement {
public:
    /// `lane` is the one that is told apart; noLane if there is none.
    RangeMeasurement(const Trace &trace, TimeRange range, LaneId lane);

    /// Goes on, always with the same trace, and looks at `steps` spans or so. Returns isDone().
    bool advance(const Trace &trace, std::size_t steps);
    [[nodiscard]] bool isDone() const { return stage_ == Stage::Done; }
    /// Whether times of both are complete: that is soon.
    [[nodiscard]] bool hasTimes() const { return stage_ != Stage::Times; }
    /// The part of the lanes that has been looked at, 0…1.
    [[nodiscard]] double share() const;

    [[nodiscard]] TimeRange range() const { return range_; }
    [[nodiscard]] LaneId lane() const { return lane_; }
    [[nodiscard]] const MeasuredLanes &ofLane() const { return ofLane_; }
    [[nodiscard]] const MeasuredLanes &ofTasks() const { return ofTasks_; }
    /// How many tasks have a span in the range.
    [[nodiscard]] std::size_t taskCount() const { return taskCount_; }

private:
    enum class Stage { Times, LaneSpans, TaskSpans, Wakes, Done };

    // Each takes what it does off `steps`, and moves to the next stage at its end.
    void sumTimes(const Trace &trace, std::size_t &steps);
    void visitTasks(const Trace &trace, std::size_t &steps);
    void visitWakes(const Trace &trace, std::size_t &steps);
    // Whether the lane is through.
    bool visitLane(const Trace &trace, LaneId lane, MeasuredLanes &into, std::size_t &steps);
    void enterLane(const Trace &trace, LaneId lane);
    [[nodiscard]] bool isInside(const Span &span) const;

    TimeRange range_;
    LaneId lane_;
    Stage stage_ = Stage::Times;
    std::size_t lanes_ = 0;    // tasks, as many as there were at first
    std::size_t nextTask_ = 0; // of the stage
    std::size_t nextSpan_ = 0; // of the lane that is visited
    bool hasSpans_ = false;    // the task that is visited has one in the range, as far as it was seen
    std::size_t nextWake_ = 0;
    MeasuredLanes ofLane_;
    MeasuredLanes ofTasks_;
    std::size_t taskCount_ = 0;
};

} // namespace loopscope
