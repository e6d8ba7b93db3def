#pragma once

#include "core/analysis/length_histogram.h"
#include "core/trace/trace.h"

#include <cstddef>
#include <vector>

namespace loopscope {

/// The slices of one name in a range.
struct MeasuredName {
    NameId name = 0;
    Nanoseconds time = 0;    ///< inside the range: slices that cross its edges count with the part inside
    std::size_t count = 0;   ///< of slices in the range
    Nanoseconds longest = 0; ///< of whole slices
    SpanPlace longestAt;
    Nanoseconds laneTime = 0;  ///< of the thread that is told apart
    std::size_t laneCount = 0; ///< likewise
};

/// Measures a range of time in a trace of others: what its slices did by name, in all lanes and in one thread.
///
/// Done in slices, so that ten million spans stop nobody: every span is visited for its name, and those of the names with most time once
/// more for the spread of their lengths. A slice belongs to the range if it overlaps it, or has no length and begins in it. Slices in each
/// other count each for itself.
class NameMeasurement {
public:
    /// `lane` is of the thread that is told apart; noLane if there is none. Of the `most` names with most time lengths are kept.
    NameMeasurement(const Trace &trace, TimeRange range, LaneId lane, std::size_t most = 200);

    /// Goes on, always with the same trace, and looks at `steps` spans or so. Returns isDone().
    bool advance(const Trace &trace, std::size_t steps);
    [[nodiscard]] bool isDone() const { return stage_ == Stage::Done; }
    /// The part of the lanes that has been looked at, 0…1.
    [[nodiscard]] double share() const;

    [[nodiscard]] TimeRange range() const { return range_; }
    /// The thread that is told apart, or noLane.
    [[nodiscard]] LaneId lane() const { return lane_; }
    /// Once it is done, with the most time first.
    [[nodiscard]] const std::vector<MeasuredName> &names() const { return names_; }
    /// How long slices are, by the places of their names among names(): only of the first `most`.
    [[nodiscard]] const std::vector<LengthHistogram> &lengths() const { return lengths_; }
    /// Of all names together.
    [[nodiscard]] const MeasuredName &all() const { return all_; }
    /// How many threads have a slice in the range.
    [[nodiscard]] std::size_t threadCount() const { return threads_; }

private:
    enum class Stage { Names, Lengths, Done };

    void enterLane(const Trace &trace);
    [[nodiscard]] bool visitLane(const Trace &trace, std::size_t &steps);
    void count(const Trace &trace, const Span &span, NameId name);
    void finishNames();
    void finishThread();

    TimeRange range_;
    LaneId lane_;
    std::size_t most_;
    Stage stage_ = Stage::Names;
    std::size_t lanes_ = 0; // rows of the trace, as many as there were at first
    std::size_t nextLane_ = 0;
    LaneId visited_ = noLane; // nextLane_ of the trace's rows…
    LaneId thread_ = noLane;  // …and its thread
    std::size_t nextSpan_ = 0;
    bool hasSlices_ = false;            // of the thread
    std::vector<std::uint32_t> places_; // of names among names_, plus one
    std::vector<MeasuredName> names_;
    std::vector<LengthHistogram> lengths_;
    MeasuredName all_;
    std::size_t threads_ = 0;
};

} // namespace loopscope
