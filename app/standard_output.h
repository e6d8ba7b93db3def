#pragma once

#include <functional>
#include <iosfwd>

namespace loopscope {

/// Opens what is missing of the descriptors 0 to 2, so that no file that is opened later takes their place and gets what was meant for
/// the terminal. Writing to a standard output that was closed fails all the same. Call it first in main().
void keepStandardDescriptors();

/// Lets `write` write to the standard output. False if that failed, which is told on stderr; only a reader that went away, as `head` does,
/// is no news. Not buffered: write in chunks.
[[nodiscard]] bool writeStandardOutput(const std::function<void(std::ostream &)> &write);

} // namespace loopscope
