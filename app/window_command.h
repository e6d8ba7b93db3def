#pragma once

#include <string>
#include <vector>

namespace loopscope {

/// Shows the window and reads `rawPaths` in it at once; a scenario among them is opened. Returns the exit code when the window is closed:
/// 1 if there is no display to show it on, which is told on stderr. SIGINT and SIGTERM close the window.
int runWindow(int argc, char **argv, const std::vector<std::string> &rawPaths);

} // namespace loopscope
