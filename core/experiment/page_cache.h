#pragma once

#include <string>

#include <tl/expected.hpp>

namespace loopscope {

/// Lets the system forget what it keeps of files in memory, so that they are read from the disk again: everybody's, which is why it asks
/// for root. An error is a few words.
[[nodiscard]] tl::expected<void, std::string> emptyPageCache();

} // namespace loopscope
