#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/lane_order.h"

#include <QString>

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// By what the lanes of tasks are sorted. Of times the longest come first.
enum class LaneSort : std::uint8_t {
    Creation,
    Start,    ///< when it first ran; those that have not are last
    Duration, ///< from its creation to its end, or to now
    Blocking, ///< time in blocking
    Waiting,  ///< time in ready and queued: it could have gone on
    ByHand    ///< as a person has put them
};

/// By what the lanes of tasks are divided into groups.
enum class LaneGrouping : std::uint8_t {
    None,
    State, ///< what it is doing now, or how it ended
    Kind,
    Parent,
    Folder, ///< of the file it reads
    Process ///< in a trace of others
};

/// The number by which a task is sorted, smallest first. Takes no account of ByHand.
[[nodiscard]] std::int64_t sortKey(const Trace &trace, LaneId task, LaneSort sort);

/// The parts into which a grouping divides the tasks of a trace. A part keeps its number as long as this lives.
class LaneParts {
public:
    /// `trace` must outlive it. `grouping` is not None.
    LaneParts(const Trace &trace, LaneGrouping grouping);

    [[nodiscard]] LaneGrouping grouping() const { return grouping_; }
    /// The part that a task belongs to now.
    [[nodiscard]] std::uint32_t partOf(LaneId task);
    [[nodiscard]] QString titleOf(std::uint32_t part) const;
    /// Whether part `a` stands above part `b`: states in their order, folders by name, others as they came.
    [[nodiscard]] bool isAbove(std::uint32_t a, std::uint32_t b) const;

private:
    [[nodiscard]] std::uint32_t folderOf(LaneId task);

    const Trace &trace_;
    LaneGrouping grouping_;
    std::unordered_map<std::string, std::uint32_t> folderNumbers_;
    std::vector<std::string> folders_;
};

/// The sections of lanes, none of which is a row, by the parts that they belong to, with their rows, from top to bottom.
[[nodiscard]] std::vector<LaneSection> partSections(const Trace &trace, LaneParts &parts, const std::vector<LaneId> &heads);

} // namespace loopscope
