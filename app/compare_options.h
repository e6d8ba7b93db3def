#pragma once

#include "app/command_line.h"

namespace loopscope {

/// `loopscope compare`, understood from the arguments after its name.
[[nodiscard]] tl::expected<Command, UsageError> parseCompare(std::span<const std::string_view> arguments);

} // namespace loopscope
