#pragma once

namespace loopscope {

// What the program tells its caller; README.md says when.
inline constexpr int exitSuccess = 0;
inline constexpr int exitFailure = 1;
inline constexpr int exitUsage = 2;
inline constexpr int exitInterrupted = 130; ///< 128 + SIGINT, as shells have it

} // namespace loopscope
