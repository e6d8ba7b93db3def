#pragma once

#include "core/trace/trace.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace loopscope {

/// Names of lanes that tell them apart. The trace must outlive it, and not change.
class LaneNames {
public:
    explicit LaneNames(const Trace &trace);

    /// Its name, with that of its process in front, the number of a worker behind, and " (#id)" if others have the same: "renderer (12) /
    /// main", "worker 2", "sleep (#7)". Foreign text as it is.
    [[nodiscard]] std::string operator[](LaneId lane) const;

private:
    [[nodiscard]] std::string nameOf(LaneId lane) const;

    const Trace &trace_;
    std::unordered_map<std::string, std::size_t> counts_; // lanes of each name
};

} // namespace loopscope
