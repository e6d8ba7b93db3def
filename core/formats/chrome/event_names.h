#pragma once

#include "core/formats/chrome/collected_events.h"
#include "core/formats/chrome/import_limits.h"
#include "core/formats/chrome/import_problems.h"
#include "core/formats/chrome/window_parser.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace loopscope::chrome {

/// Texts made one, kept apart whatever is in them: the key of a map.
[[nodiscard]] std::string joinedKey(std::initializer_list<std::string_view> parts);

/// Numbers what events name, labels, processes and threads, in the order in which the file names them first. Not thread-safe.
class EventNames {
public:
    /// Where the event is that is spoken of; asked for when something is wrong.
    using Byte = std::function<std::uint64_t()>;

    static constexpr std::uint32_t noTrack = UINT32_MAX;
    /// The label of what has one of too many names.
    static constexpr std::uint32_t otherLabel = 0;

    /// Adds to `events` and `problems`, which must live as long.
    EventNames(const ImportLimits &limits, CollectedEvents &events, ProblemCounts &problems);

    /// Looks up, once for each window, what its events name.
    void lookUp(const EventWindow &window, const ParsedWindow &parsed);
    /// The number of one of the window's labels; otherLabel if there are too many.
    [[nodiscard]] std::uint32_t labelOf(const ParsedEvent &event) const { return windowLabels_[event.label]; }
    /// The number of one of the window's threads; noTrack if there are too many.
    [[nodiscard]] std::uint32_t trackOf(const ParsedEvent &event) const { return windowTracks_[event.track]; }
    /// The number of a label, which is added if it is new; otherLabel if there are too many.
    [[nodiscard]] std::uint32_t intern(Label label);
    /// What a token's content says, as a name that can be shown.
    [[nodiscard]] std::string textOf(std::string_view content, const Byte &byte);

private:
    using Numbers = std::unordered_map<std::string, std::uint32_t>;
    static constexpr std::size_t bytesOfEntry = 96; // of a map, with its string

    [[nodiscard]] std::uint32_t labelOf(const TokenTable::Key &key, const Byte &byte);
    [[nodiscard]] std::uint32_t trackOf(const TokenTable::Key &key, const Byte &byte);
    [[nodiscard]] std::uint32_t processOf(std::string_view id, const Byte &byte);
    /// Counts what a text takes that is kept for good, with what it is found by.
    void countBytes(std::size_t text) { events_.bytes += text + bytesOfEntry; }
    void noteMended(std::string_view content, Problem problem, const Byte &byte);

    const ImportLimits &limits_;
    CollectedEvents &events_;
    ProblemCounts &problems_;
    Numbers labels_;
    Numbers processes_;
    Numbers tracks_;
    std::unordered_set<std::string> mended_;  // names, each of which is counted once
    std::vector<std::uint32_t> windowLabels_; // the numbers of the window's labels in all
    std::vector<std::uint32_t> windowTracks_; // likewise
};

} // namespace loopscope::chrome
