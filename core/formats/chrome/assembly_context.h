#pragma once

#include "core/formats/chrome/collected_events.h"
#include "core/formats/chrome/event_collector.h"
#include "core/formats/chrome/import_problems.h"
#include "core/formats/chrome/slice_nesting.h"
#include "core/trace/trace.h"

#include <array>
#include <cstdint>
#include <stop_token>
#include <utility>
#include <vector>

namespace loopscope::chrome {

/// How often each problem occurred with events that are known by their numbers, and with which first.
class EventProblems {
public:
    struct Count {
        std::uint64_t count = 0;
        std::uint32_t firstEvent = 0;
    };

    void add(Problem problem, std::uint32_t event)
    {
        Count &counted = counts_[static_cast<std::size_t>(problem)];
        if (counted.count++ == 0 || event < counted.firstEvent)
            counted.firstEvent = event;
    }
    [[nodiscard]] const Count &of(Problem problem) const { return counts_[static_cast<std::size_t>(problem)]; }

private:
    std::array<Count, problemCount> counts_{};
};

/// What the parts of an assembly share.
struct AssemblyContext {
    Trace &trace;
    CollectedEvents &events;
    const ImportLimits &limits;
    std::stop_token stop;
    Nanoseconds base = 0; ///< the file's time that is 0 in the trace
    EventProblems problems;
    std::vector<SiteId> sites; ///< of the labels; 0 where it is not known yet
    /// Of slices that began and ended with an event of their own, both of which have arguments: theirs.
    std::vector<std::pair<EventId, EventId>> endEvents;

    /// The site of a label in the trace.
    [[nodiscard]] SiteId siteOf(std::uint32_t label)
    {
        if (sites[label] == 0)
            sites[label] = trace.internSite(events.labels[label].name, events.labels[label].category, {}, 0);
        return sites[label];
    }
    /// Whether times of the file are near enough to be kept; if not, it is counted.
    [[nodiscard]] bool isInReach(Nanoseconds at, Nanoseconds end, std::uint32_t event)
    {
        const bool isKept = at >= base && end <= base + latestTime;
        if (!isKept)
            problems.add(Problem::FarTime, event);
        return isKept;
    }
    /// Says that a slice that began with an event of its own ended with another.
    void noteEnd(NestedSlice &slice, std::uint32_t endEvent, bool hasArguments)
    {
        if (!hasArguments)
            return;
        slice.hasArguments = 1;
        if (slice.event <= largestEventId && endEvent <= largestEventId)
            endEvents.emplace_back(slice.event, endEvent);
    }
    /// Adds a lane, unless there are too many: then noLane.
    [[nodiscard]] LaneId addLane(LaneKind kind, std::string_view name, Nanoseconds begin, LaneId parent, std::string_view facts)
    {
        if (trace.laneCount() > limits.lanes)
            return noLane;
        const LaneId lane = trace.addLane(kind, name, begin);
        const NameId what = trace.internName(facts);
        trace.changeTask(lane, [parent, what](TaskFacts &task) {
            task.parent = parent;
            task.kind = what;
        });
        return lane;
    }
};

/// How many steps of a long work lie between two looks at whether it shall stop.
inline constexpr std::size_t stopCheckEvery = std::size_t{1} << 14U;

/// The number of an event as a trace keeps it.
[[nodiscard]] constexpr EventId eventIdOf(std::uint32_t event)
{
    return event <= largestEventId ? event : noEvent;
}

/// Lanes that were made one after the other: that of a thread or an operation, and its rows.
struct LaneGroup {
    LaneId first = noLane;
    std::uint32_t count = 0;
};

} // namespace loopscope::chrome
