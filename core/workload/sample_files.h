#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <tl/expected.hpp>

namespace loopscope {

/// Makes a new folder of that path, and in it `count` text files "sample-1.txt", "sample-2.txt", …, of numbered lines in UTF-8. The first
/// is `firstBytes` long, the second twice as long, and so on. Their paths, or the reason why not; blocks on the file system.
[[nodiscard]] tl::expected<std::vector<std::string>, std::string> makeSampleFiles(const std::string &folder, int count,
                                                                                  std::uint64_t firstBytes);

} // namespace loopscope
