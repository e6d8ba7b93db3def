#pragma once

#include "core/formats/trace_opening.h"

#include <string>
#include <string_view>

namespace loopscope {

/// Opens a trace in Chrome's Trace Event JSON, packed with gzip or not. ("Trace Event Format", the document that Chrome's, Node's,
/// Perfetto's and many others' exporters refer to.)
///
/// The file is read once, as a stream; of its size only the spans stay in memory, and the arguments of events are fetched from it when they
/// are asked for. What is wrong with single events is counted in RunInfo::problems, and they are left out or mended.
[[nodiscard]] OpeningResult openChromeJson(const std::string &path, const OpeningObserver &observer);

/// Whether a file that begins with `head` (its first 64 KiB, unpacked) seems to be such a trace.
[[nodiscard]] bool looksLikeChromeJson(std::string_view head);

/// Whether such a head that nothing else is known of may yet be that of a trace, for what tells it comes behind: an object, or the first
/// object of an array, that goes on where the head ends. Opening the file tells.
[[nodiscard]] bool mayBeChromeJson(std::string_view head);

} // namespace loopscope
