#pragma once

#include "app/command_line.h"

namespace loopscope {

// The commands on traces, each understood from the arguments after its name.

[[nodiscard]] tl::expected<Command, UsageError> parseOpen(std::span<const std::string_view> arguments);
[[nodiscard]] tl::expected<Command, UsageError> parseReport(std::span<const std::string_view> arguments);
[[nodiscard]] tl::expected<Command, UsageError> parseWhatIf(std::span<const std::string_view> arguments);
[[nodiscard]] tl::expected<Command, UsageError> parseConvert(std::span<const std::string_view> arguments);
[[nodiscard]] tl::expected<Command, UsageError> parseScreenshot(std::span<const std::string_view> arguments);

} // namespace loopscope
