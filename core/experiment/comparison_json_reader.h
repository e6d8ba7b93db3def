#pragma once

#include "core/experiment/comparison.h"

#include <string>

#include <tl/expected.hpp>

namespace loopscope {

/// The comparison, but for its traces, that writeComparisonJson() wrote. `json` may come from a stranger: what is missing in it, or is of
/// the wrong type, is as in an empty one. An error is a few words.
[[nodiscard]] tl::expected<Comparison, std::string> readComparisonJson(std::string json);

} // namespace loopscope
