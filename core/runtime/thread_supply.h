#pragma once

#include <cstddef>
#include <cstdint>

namespace loopscope {

/// Whether the process could open so many descriptors more now. Any thread.
[[nodiscard]] bool hasSpareDescriptors(std::size_t count);

/// What keeps a thread of Qt's from starting now.
enum class ThreadShortage : std::uint8_t {
    None,
    Descriptors, ///< too few are left
    Threads,     ///< the system grants none, or there is no memory for its stack
};

/// Whether descriptors are too few for a thread of Qt's, which ends the program then: must be asked before one is started. Some
/// microseconds. Any thread.
[[nodiscard]] ThreadShortage descriptorShortage();
/// Asks the system for a thread that does nothing, too, and waits until it has been taken back: tens of microseconds, and milliseconds
/// where all cores are busy. A QThreadPool loses the runnable of a thread that fails to start. Any thread.
[[nodiscard]] ThreadShortage threadShortage();

/// Why something that needed a thread did not happen, for people.
[[nodiscard]] const char *shortageText(ThreadShortage shortage);

} // namespace loopscope
