#pragma once

#include "core/trace/trace.h"

#include <QString>

#include <array>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// The groups of lanes. The pinned ones stay in sight with the loop.
enum class LaneGroup : std::uint8_t { Loop, Tasks, Workers, Pinned };
inline constexpr std::size_t laneGroupCount = 4;
/// In the order in which they are shown: the loop on top, for it is the one that is scarce.
inline constexpr std::array<LaneGroup, laneGroupCount> allLaneGroups = {LaneGroup::Loop, LaneGroup::Pinned, LaneGroup::Tasks,
                                                                        LaneGroup::Workers};

/// The group of the lanes of a kind, unless they are pinned.
[[nodiscard]] constexpr LaneGroup groupOf(LaneKind kind)
{
    return kind == LaneKind::Loop ? LaneGroup::Loop : kind == LaneKind::Worker ? LaneGroup::Workers : LaneGroup::Tasks;
}

/// Which group is meant: where the tasks are divided, one part of them.
struct GroupKey {
    LaneGroup group = LaneGroup::Loop;
    std::optional<std::uint32_t> part; ///< as LaneParts numbers them

    // Wherever tasks are not divided, the group says it all.
    GroupKey(LaneGroup whole) // NOLINT(google-explicit-constructor)
        : group(whole)
    {
    }
    GroupKey(LaneGroup divided, std::optional<std::uint32_t> ofIt)
        : group(divided)
        , part(ofIt)
    {
    }
    friend bool operator==(const GroupKey &, const GroupKey &) = default;
};

/// Lanes below one header.
struct LaneSection {
    GroupKey key = LaneGroup::Loop;
    QString title;         ///< of a part; the other groups have names of their own
    QString summary;       ///< likewise
    bool isFolded = false; ///< of a part
    std::vector<LaneId> lanes;
    /// For each lane, and for the end of them, how many before it are rows of the lane above them (LaneKind::Row); empty if none is.
    std::vector<std::uint32_t> nestedBefore{};

    /// Whether lane i is a row of the one above it, with which it goes wherever that goes.
    [[nodiscard]] bool isNested(std::size_t i) const { return !nestedBefore.empty() && nestedBefore[i + 1] > nestedBefore[i]; }
    /// How many lanes before i are none; all of them for lanes.size().
    [[nodiscard]] std::size_t headsBefore(std::size_t i) const { return nestedBefore.empty() ? i : i - nestedBefore[i]; }
    [[nodiscard]] std::size_t heads() const { return headsBefore(lanes.size()); }
    /// The lane with its rows that lane i is one of: from here, and to before there.
    [[nodiscard]] std::size_t unitBegin(std::size_t i) const;
    [[nodiscard]] std::size_t unitEnd(std::size_t i) const;
};

/// Lanes, none of which is a row, each followed by its rows.
[[nodiscard]] std::vector<LaneId> withRows(const Trace &trace, const std::vector<LaneId> &heads);
/// The lanes below loop and workers that are no rows, in the order of their creation.
[[nodiscard]] std::vector<LaneId> headsOf(const Trace &trace);

/// Which lanes are shown, and in which order: sections from top to bottom. The place of a lane is looked up, not searched.
class LaneOrder {
public:
    struct Place {
        std::uint32_t section = 0;
        std::uint32_t index = 0; ///< in its section
    };

    /// Every lane of a trace in the order of creation, those of a trace of others by their processes.
    [[nodiscard]] static LaneOrder ofCreation(const Trace &trace);

    [[nodiscard]] const std::vector<LaneSection> &sections() const { return sections_; }
    /// Nothing if the lane is not shown.
    [[nodiscard]] std::optional<Place> placeOf(LaneId lane) const;
    /// The section of a group; nothing if it has none.
    [[nodiscard]] std::optional<std::size_t> sectionOf(const GroupKey &key) const;

    // Building. A section without lanes is left out.

    void add(const Trace &trace, LaneSection section);
    /// Adds a lane at the end of a section.
    void append(const Trace &trace, std::size_t section, LaneId lane);
    void setFolded(std::size_t section, bool isFolded) { sections_[section].isFolded = isFolded; }

private:
    void setPlace(LaneId lane, Place place);

    std::vector<LaneSection> sections_;
    std::array<std::optional<std::size_t>, laneGroupCount> wholeGroups_; // the sections of those that are not divided
    std::unordered_map<std::uint32_t, std::size_t> parts_;
    std::vector<Place> places_; // by lane
};

} // namespace loopscope
