#pragma once

#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// What a window begins with. Paths are raw bytes.
struct WindowContent {
    std::vector<std::string> paths; ///< read at once; scenarios and traces among them are opened
    std::optional<std::string> trace;
};

/// Shows the window with that content. Returns the exit code when the window is closed:
/// 1 if there is no display to show it on, which is told on stderr. SIGINT and SIGTERM close the window.
int runWindow(int argc, char **argv, const WindowContent &content);

} // namespace loopscope
