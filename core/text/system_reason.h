#pragma once

#include <string>

namespace loopscope {

/// The system's words for an errno, in English whatever the locale: "No such file or directory". Any thread.
[[nodiscard]] std::string systemReason(int error);

} // namespace loopscope
