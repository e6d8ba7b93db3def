#pragma once

#include "core/trace/marks.h"
#include "core/trace/trace.h"

#include <tl/expected.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>
#include <string>

namespace loopscope {

/// A trace that was read from a file, and what was saved with it.
struct OpenedTrace {
    std::shared_ptr<Trace> trace;
    Marks marks;
};

/// What may be told and asked while a trace is opened. All of it is called by the thread that opens; none of it has to be there.
struct OpeningObserver {
    std::stop_token stop;                                                  ///< ends the opening within 100 ms
    std::function<void(std::uint64_t read, std::uint64_t all)> progressed; ///< bytes of the file; at most every 50 ms
    /// What is known so far, as a trace of its own that nobody changes any more. Its lanes may be numbered otherwise than in the end.
    std::function<void(std::shared_ptr<const Trace>)> previewed;
};

/// Why a file could not be opened: a sentence for people without the file's name and its full stop, UTF-8; or that it was cancelled.
struct OpeningFailure {
    std::string what;
    bool isCancelled = false;
};

using OpeningResult = tl::expected<OpenedTrace, OpeningFailure>;

/// Of a trace whose events' arguments could not all be written: see ImportedEvents::isIntact().
inline constexpr const char *argumentsLost =
    "the arguments of its events cannot be had: the file they come from has changed or is damaged, or there was no room to unpack it";

/// Where the system grants no more memory.
inline constexpr const char *noMemory = "there is not enough memory";

/// Of a file whose trace would take more memory than it may.
inline constexpr const char *memoryFull = "the limit of memory was reached: what follows was left out";

} // namespace loopscope
