#pragma once

#include "core/formats/trace_opening.h"

#include <functional>

namespace loopscope {

/// Lets `work` be done on a thread of its own, shows on the terminal how far it is, and stops it when a signal comes. Returns when it is
/// over; false if there is no thread to be had, and nothing was done. Throws what `work` throws. Needs a SignalWatcher.
/// `doing` is a short text in ASCII: "reading".
[[nodiscard]] bool doWatched(const char *doing, const std::function<void(const OpeningObserver &)> &work);

} // namespace loopscope
