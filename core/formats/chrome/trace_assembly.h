#pragma once

#include "core/formats/chrome/assembly_context.h"
#include "core/formats/chrome/async_nesting.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <unordered_map>
#include <utility>
#include <vector>

namespace loopscope::chrome {

/// Makes a trace of the events collected so far: lanes in order of processes and threads, slices nested in rows, instants, flows and
/// samples.
class TraceAssembly {
public:
    /// `events` are put in order, and otherwise stay as they are: unless `isLast`, then what was used is freed at once.
    TraceAssembly(CollectedEvents &events, const ImportLimits &limits, std::stop_token stop, bool isLast);

    /// False if it was told to stop.
    [[nodiscard]] bool run();
    [[nodiscard]] const std::shared_ptr<Trace> &trace() const { return trace_; }
    /// The file's time that is 0 in the trace.
    [[nodiscard]] Nanoseconds base() const { return context_.base; }
    /// What was wrong with events together.
    [[nodiscard]] const EventProblems &problems() const { return context_.problems; }
    /// As in the AssemblyContext, in order.
    [[nodiscard]] std::vector<std::pair<EventId, EventId>> takeEndEvents();

private:
    void chooseBase();
    [[nodiscard]] std::vector<std::uint32_t> processesInOrder() const;
    [[nodiscard]] bool addProcess(std::uint32_t process);
    [[nodiscard]] bool addThread(std::uint32_t track, LaneId process);
    [[nodiscard]] bool placeThread(Track &track, LaneGroup &lanes);
    [[nodiscard]] bool addAsyncHead(const AsyncHead &head, LaneId process);
    [[nodiscard]] bool addSeries(std::uint32_t series, LaneId process);
    [[nodiscard]] bool addInstants();

    std::shared_ptr<Trace> trace_;
    AssemblyContext context_;
    bool isLast_;
    Nanoseconds last_ = 0; // the file's time that the trace reaches at least
    AsyncNesting async_;
    std::vector<std::uint32_t> asyncRows_; // of the slices there
    std::vector<LaneGroup> lanesOfTrack_;
    std::vector<Instant> instants_;
};

} // namespace loopscope::chrome
