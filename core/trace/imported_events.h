#pragma once

#include "core/trace/span.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// The number of an event in the file that a trace was read from. 28 bits, for a span keeps it in the place of its peer.
using EventId = std::uint32_t;
inline constexpr EventId largestEventId = largestLaneId;
inline constexpr EventId noEvent = noLane;

/// Something that happened on a lane and took no time.
struct Instant {
    Nanoseconds at = 0;
    LaneId lane = noLane;
    SiteId site = 0; ///< its name is the site's reason, its category the site's file
    EventId event = noEvent;

    friend constexpr bool operator==(const Instant &, const Instant &) = default;
};

/// An arrow from what caused something to what it caused, which may be much later. (In a run of ours the two are one instant: a Wake.)
struct Flow {
    Nanoseconds sent = 0;
    Nanoseconds received = 0;
    LaneId from = noLane;
    LaneId to = noLane;
    SiteId site = 0; ///< as of an Instant

    friend constexpr bool operator==(const Flow &, const Flow &) = default;
};

/// The value of a counter from an instant on.
struct Sample {
    Nanoseconds at = 0;
    double value = 0; ///< finite

    friend constexpr bool operator==(const Sample &, const Sample &) = default;
};

/// The least and the greatest of some samples.
struct SampleExtent {
    double least = 0;
    double most = 0;

    friend bool operator==(const SampleExtent &, const SampleExtent &) = default;
};

/// Fetches what a trace does not keep of its events: from the file it was read from, say.
class EventSource {
public:
    virtual ~EventSource() = default;
    /// The arguments of an event as JSON text, an object as a rule; empty if it has none, or they cannot be had any more. Any
    /// thread, several at once: a trace is looked at while it is saved. Takes milliseconds at most.
    [[nodiscard]] virtual std::string arguments(EventId event) const = 0;
    /// Whether the arguments of all events could be had so far, and still can. Any thread.
    [[nodiscard]] virtual bool isIntact() const { return true; }
};

/// What the traces of others hold beside lanes and spans; in a run of ours it is empty. Confined to the thread of its trace's owner.
class ImportedEvents {
public:
    /// Of all lanes, in order of lane and then of time.
    [[nodiscard]] const std::vector<Instant> &instants() const { return instants_; }
    /// Those of one lane, in order of time.
    [[nodiscard]] std::span<const Instant> instants(LaneId lane) const;
    /// In order of the time they were sent.
    [[nodiscard]] const std::vector<Flow> &flows() const { return flows_; }
    /// The samples of a counter's lane, in order of time; of several at one instant the last counts.
    [[nodiscard]] std::span<const Sample> samples(LaneId counter) const;
    /// Whether events may have arguments.
    [[nodiscard]] bool hasSource() const { return source_ != nullptr; }
    /// Of the samples from `first` to before `last`, of which there is one at least. Logarithmic: costs some hundred samples.
    [[nodiscard]] SampleExtent extentOf(LaneId counter, std::size_t first, std::size_t last) const;
    /// The arguments of an event as JSON text; empty if it has none.
    [[nodiscard]] std::string arguments(EventId event) const
    {
        return source_ && event != noEvent ? source_->arguments(event) : std::string();
    }
    /// False if events have arguments that cannot be had any more: what was written of them is not all.
    [[nodiscard]] bool isIntact() const { return !source_ || source_->isIntact(); }
    /// Memory held, in bytes.
    [[nodiscard]] std::size_t byteSize() const;

    // Building, by Trace::changeImported(). Each replaces what was there, and orders it where it is not in order.

    void setInstants(std::vector<Instant> instants);
    void setFlows(std::vector<Flow> flows);
    void setSamples(LaneId counter, std::vector<Sample> samples);
    void setSource(std::shared_ptr<const EventSource> source) { source_ = std::move(source); }

private:
    std::vector<Instant> instants_;
    std::vector<Flow> flows_;
    struct Series {
        std::vector<Sample> samples;
        // Of 64 samples each, of 64 of those, and so on: as long as there is more than one.
        std::vector<std::vector<SampleExtent>> levels;
    };

    std::unordered_map<LaneId, Series> series_;
    std::shared_ptr<const EventSource> source_;
};

} // namespace loopscope
