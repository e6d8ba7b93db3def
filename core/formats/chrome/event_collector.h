#pragma once

#include "core/formats/chrome/collected_events.h"
#include "core/formats/chrome/event_names.h"
#include "core/formats/chrome/import_limits.h"
#include "core/formats/chrome/import_problems.h"
#include "core/formats/chrome/window_parser.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace loopscope::chrome {

/// Gathers the events of windows by what they belong to. Windows have to come in their order. Not thread-safe.
class EventCollector {
public:
    explicit EventCollector(const ImportLimits &limits = {});
    EventCollector(const EventCollector &) = delete;
    EventCollector &operator=(const EventCollector &) = delete;

    void add(const EventWindow &window, const ParsedWindow &parsed);
    /// What there is so far. It may be put in order, and given up in the end.
    [[nodiscard]] CollectedEvents &events() { return events_; }
    /// What was wrong with windows and their events.
    [[nodiscard]] const ProblemCounts &problems() const { return problems_; }

private:
    using Numbers = std::unordered_map<std::string, std::uint32_t>;

    // The event at hand, and what it refers to.
    struct Current {
        const ParsedEvent &event;
        const RareFields *rare = nullptr;
        std::uint32_t number = 0; // in the file
        std::uint32_t label = 0;
        std::uint32_t track = 0;
        std::uint64_t byte = 0;
    };

    [[nodiscard]] std::string textOf(std::string_view content, const Current &current);
    [[nodiscard]] std::uint32_t idOf(const Current &current, std::string key, Numbers &numbers, std::uint32_t count);

    void collect(const Current &current);
    void see(Nanoseconds at, Nanoseconds end);
    void addSlice(const Current &current);
    void addInstant(const Current &current);
    void addAsync(const Current &current);
    void addFlow(const Current &current);
    void addSamples(const Current &current);
    void addSample(const Current &current, std::string_view seriesKey, std::string_view value);
    void addMetadata(const Current &current);
    bool addRange(const Current &current);
    bool addMark(const Current &current);
    bool addNote(const Current &current);
    bool addProblem(const Current &current);
    bool setSortIndex(const Current &current, std::int64_t &index);
    bool setText(const Current &current, std::string_view key, std::string &text);

    ImportLimits limits_;
    CollectedEvents events_;
    ProblemCounts problems_;
    EventNames names_;
    Numbers series_;
    Numbers asyncIds_;
    Numbers flowIds_;
};

} // namespace loopscope::chrome
