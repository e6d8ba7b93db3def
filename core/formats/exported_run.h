#pragma once

#include "core/formats/trace_opening.h"
#include "core/trace/memory_limit.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace loopscope {

/// Whether a file that begins so, unpacked, is a run of ours that was exported by writeChromeJson().
[[nodiscard]] bool looksLikeExportedRun(std::string_view head);

/// Reads such a file, packed by gzip or not, and gives the run back as it was. The white space in it may be another one, and so may be the
/// order of members in an event; what does not fit is left out, and told by the run's `problems`. Any thread. Memory beside the trace does
/// not grow with the file; a trace that would take more than `memoryLimit` bytes, about, has what came before.
[[nodiscard]] OpeningResult openExportedRun(const std::string &path, const OpeningObserver &observer,
                                            std::uint64_t memoryLimit = usualMemoryLimit());

} // namespace loopscope
