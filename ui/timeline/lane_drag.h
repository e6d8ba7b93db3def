#pragma once

#include "ui/timeline/lane_layout.h"

namespace loopscope {

/// Where a lane that is dragged would be put.
struct DropPlace {
    std::size_t index = 0; ///< in its group, as LaneArrangement::move takes it
    int line = 0;          ///< of the layout: between which rows

    friend bool operator==(const DropPlace &, const DropPlace &) = default;
};

/// The place that is nearest to `y` of the layout in the lane's own group; nothing if that is where it stands.
[[nodiscard]] std::optional<DropPlace> dropPlace(const LaneLayout &layout, LaneId lane, int y);

} // namespace loopscope
