#pragma once

#include "core/trace/trace.h"
#include "ui/timeline/coordinates.h"

#include <cstddef>
#include <vector>

namespace loopscope {

/// Where a lane shows that something happened, without taking time.
struct InstantMark {
    int column = 0;        ///< of the first of them
    std::size_t first = 0; ///< among the instants of the lane, as ImportedEvents gives them
    std::size_t count = 1; ///< how many it stands for

    friend bool operator==(const InstantMark &, const InstantMark &) = default;
};

/// The marks for the instants of a lane in the visible range: one for all that would lie less than `width` columns apart from the first of
/// them. It costs what the lane has columns, however many instants there are.
[[nodiscard]] std::vector<InstantMark> instantMarks(const Trace &trace, LaneId lane, const ColumnEdges &edges, int width);

} // namespace loopscope
