#pragma once

#include "core/formats/byte_stream.h"
#include "core/formats/chrome/event_collector.h"
#include "core/formats/chrome/event_windows.h"
#include "core/formats/gzip_input.h"
#include "core/formats/trace_opening.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace loopscope::chrome {

/// How a trace is imported.
struct ImportSettings {
    std::string title;
    std::uint64_t size = 0;             ///< of the file, in bytes; for the progress
    const GzipStream *packed = nullptr; ///< the stream, if it unpacks: what it complains of is told
    WindowLimits windows;
    ImportLimits limits;
    bool isAlone = false;                                                                   ///< no thread helps
    std::chrono::steady_clock::duration firstPreviewAfter = std::chrono::milliseconds(250); ///< and then at each doubling of the time
};

/// Imports a trace in Chrome's JSON from a stream, on this thread and one beside it.
[[nodiscard]] OpeningResult runImport(ByteStream &stream, const ImportSettings &settings, const OpeningObserver &observer);

} // namespace loopscope::chrome
