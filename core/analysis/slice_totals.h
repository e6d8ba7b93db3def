#pragma once

#include "core/trace/trace.h"

#include <cstdint>
#include <vector>

namespace loopscope {

/// What is on a lane of a trace of others, the rows of a thread included.
struct LaneTotals {
    LaneId lane = noLane;
    std::uint64_t slices = 0; ///< at any depth; spans of states are among them
    std::uint64_t instants = 0;
    Nanoseconds covered = 0; ///< time in which there was one, in whatever row: each instant counts once
};

/// What has a name in common, on all lanes. Instants are not slices.
struct NameTotals {
    SiteId site = 0; ///< the name and its category
    std::uint64_t slices = 0;
    Nanoseconds time = 0; ///< of all of them: what is nested in its like counts twice
    Nanoseconds longest = 0;
    std::uint64_t instants = 0;
};

/// Both, of all lanes and names that there are, counters and processes left out; in the order of their numbers. Visits every slice.
struct SliceTotals {
    std::vector<LaneTotals> lanes;
    std::vector<NameTotals> names;
};
[[nodiscard]] SliceTotals sliceTotals(const Trace &trace);

} // namespace loopscope
