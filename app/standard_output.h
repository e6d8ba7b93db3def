#pragma once

#include <functional>
#include <iosfwd>

namespace loopscope {

/// Makes a failed write an error of that write and nothing else. Call it first in main(). What is said below of a reader that does not read
/// holds for the standard error too.
///
/// A reader that goes away or a limit of file sizes does not end the process; and the descriptors 0 to 2 are taken even if the caller
/// closed them, so that no file that is opened later gets what was meant for the terminal. Writing to a closed output fails all the same.
void prepareOutputs();

/// Lets `write` write to the standard output. False if that failed, which is told on stderr; only a reader that went away, as `head` does,
/// is no news. Not buffered: write in chunks. Once a SignalWatcher has seen a signal, a reader that does not read is waited for no longer.
[[nodiscard]] bool writeStandardOutput(const std::function<void(std::ostream &)> &write);

} // namespace loopscope
