#pragma once

#include "core/formats/chrome/event_windows.h"
#include "core/formats/input_file.h"
#include "core/trace/imported_events.h"

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace loopscope::chrome {

/// Where the events of a file are: of every 8th, and of the first of each window, its offset in bytes.
class EventIndex {
public:
    /// Windows have to come in their order.
    void add(const EventWindow &window);

    struct Place {
        std::uint64_t event = 0;
        std::uint64_t byte = 0;
    };
    /// The last event that is known of and not behind `event`; nothing if there is none.
    [[nodiscard]] std::optional<Place> before(std::uint64_t event) const;
    /// The first event that is known of and behind `event`; nothing if there is none.
    [[nodiscard]] std::optional<Place> behind(std::uint64_t event) const;
    /// Memory held, in bytes.
    [[nodiscard]] std::size_t byteSize() const { return places_.capacity() * sizeof(Place); }

private:
    std::vector<Place> places_;
};

/// Fetches the arguments of events from the file they were read from, or the copy of what was packed in it: so they take no memory. If the
/// file was changed since, there are none.
class FileArguments : public EventSource {
public:
    /// `file` may be null: then nothing can be fetched. `endEvents` are events, in order, and those that end what they begin, and whose
    /// arguments are added to theirs.
    FileArguments(std::shared_ptr<const InputFile> file, EventIndex index, std::vector<std::pair<EventId, EventId>> endEvents);

    [[nodiscard]] std::string arguments(EventId event) const override;
    [[nodiscard]] bool isIntact() const override;
    /// Where an event begins in the file, in bytes; if the file cannot be looked into, where one before it does, by less than 8 events.
    [[nodiscard]] std::uint64_t byteOf(std::uint64_t event) const;

private:
    /// Some events that follow each other, kept: when arguments are saved, those of the next events are asked for next.
    struct Stretch {
        EventWindow window;
        std::uint64_t firstEvent = 0; // in the file
    };

    [[nodiscard]] bool holds(const Stretch &stretch, std::uint64_t event) const;
    [[nodiscard]] bool seek(Stretch &stretch, std::uint64_t event) const;
    [[nodiscard]] std::string ownArguments(Stretch &stretch, EventId event) const;

    std::shared_ptr<const InputFile> file_;
    EventIndex index_;
    std::vector<std::pair<EventId, EventId>> endEvents_;
    mutable std::mutex mutex_;       // guards those below
    mutable bool hasFailed_ = false; // to read
    mutable Stretch begins_;
    mutable Stretch ends_; // of events that end others, which are elsewhere
};

} // namespace loopscope::chrome
