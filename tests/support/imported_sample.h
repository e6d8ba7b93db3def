#pragma once

#include "core/trace/trace.h"

#include <memory>
#include <string_view>

namespace loopscope::test {

/// A trace of others with something of everything, of 100 ms: the process "browser (7)" with the thread "main", whose slices nest three
/// deep, and the asynchronous "request"; the process "renderer (12)" with the threads "main" and "compositor" and the counter "heap"; an
/// instant, a flow, arguments. It has ended.
[[nodiscard]] std::shared_ptr<Trace> importedTrace();

/// Adds a lane of this kind below `parent` (noLane: none).
LaneId addImported(Trace &trace, LaneKind kind, std::string_view name, LaneId parent);
/// Adds a thread whose slices are told in a line, in order of their begin: "navigate 0 40, parse 5 25", times in ms. What lies in another
/// one is nested: it goes to a row of its own. The number of the event is the place in the line, from 0.
LaneId addThread(Trace &trace, std::string_view name, LaneId process, std::string_view slices);
/// Says that an imported trace is complete.
void finishImported(Trace &trace, std::string_view title);

/// How much there is in a synthetic trace of others.
struct ImportedSize {
    int slices = 0;  ///< in all threads together, about
    int threads = 0; ///< eight to a process
    int samples = 0; ///< of each process's counter
};

/// A trace as no program wrote it: for measuring, testing and looking at. Deterministic. Slices nest four deep, have one of forty names,
/// and lengths over five powers of two; each thread has an instant for every hundred slices.
[[nodiscard]] std::shared_ptr<Trace> syntheticImport(const ImportedSize &size);

} // namespace loopscope::test
