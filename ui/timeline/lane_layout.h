#pragma once

#include "core/trace/trace.h"

#include <array>
#include <cstdint>
#include <optional>

namespace loopscope {

/// The groups of lanes, in the order in which they are shown: the loop on top, for it is the one that is scarce.
enum class LaneGroup : std::uint8_t { Loop, Tasks, Workers };
inline constexpr std::size_t laneGroupCount = 3;
inline constexpr std::array<LaneGroup, laneGroupCount> allLaneGroups = {LaneGroup::Loop, LaneGroup::Tasks, LaneGroup::Workers};

/// The group of the lanes of a kind.
[[nodiscard]] constexpr LaneGroup groupOf(LaneKind kind)
{
    return kind == LaneKind::Loop ? LaneGroup::Loop : kind == LaneKind::Task ? LaneGroup::Tasks : LaneGroup::Workers;
}

/// Heights of rows, in pixels of whatever is drawn on.
struct RowHeights {
    int group = 22;
    int lane = 26;

    friend constexpr bool operator==(const RowHeights &, const RowHeights &) = default;
};

/// Which groups show their header only.
using FoldedGroups = std::array<bool, laneGroupCount>;

/// One row of the layout: a group's header, or a lane.
struct LayoutRow {
    LaneGroup group = LaneGroup::Loop;
    LaneId lane = noLane;  ///< noLane in a header
    std::size_t index = 0; ///< of the lane in its group
    int top = 0;
    int height = 0;

    [[nodiscard]] bool isHeader() const { return lane == noLane; }
    friend bool operator==(const LayoutRow &, const LayoutRow &) = default;
};

/// Rows that follow each other, both ends included.
struct RowRange {
    LayoutRow first;
    LayoutRow last;
};

/// Where each lane stands, from 0 downwards. All answers are arithmetic on three groups, so ten million lanes cost what ten do.
class LaneLayout {
public:
    LaneLayout() = default;
    /// The layout of a trace as it is now. A group without lanes is left out. `trace` must outlive the layout.
    LaneLayout(const Trace &trace, RowHeights heights, FoldedGroups folded);

    /// Saturated at 2^30 pixels.
    [[nodiscard]] int height() const { return height_; }
    /// The height of the loop's group, which stays in sight when the others scroll.
    [[nodiscard]] int pinnedHeight() const { return pinnedHeight_; }
    /// How many lanes have a row: those of folded groups have none.
    [[nodiscard]] std::size_t laneCount() const;

    /// The row that covers `y`, if any does.
    [[nodiscard]] std::optional<LayoutRow> rowAt(int y) const;
    /// The row of a lane; nothing if it is folded away or unknown.
    [[nodiscard]] std::optional<LayoutRow> rowOf(LaneId lane) const;
    /// The header of a group; nothing if the group is left out.
    [[nodiscard]] std::optional<LayoutRow> headerOf(LaneGroup group) const;
    /// The row of this layout that shows what `row` of another one does: the same header or the same lane.
    [[nodiscard]] std::optional<LayoutRow> counterpart(const LayoutRow &row) const;
    /// The row below `row`, if there is one.
    [[nodiscard]] std::optional<LayoutRow> rowAfter(const LayoutRow &row) const { return rowAt(row.top + row.height); }
    /// The row above `row`, if there is one.
    [[nodiscard]] std::optional<LayoutRow> rowBefore(const LayoutRow &row) const { return rowAt(row.top - 1); }
    /// The row of the first lane that is shown.
    [[nodiscard]] std::optional<LayoutRow> firstLaneRow() const;

private:
    struct Section {
        LaneGroup group = LaneGroup::Loop;
        int top = 0;
        std::size_t lanes = 0; // shown ones: none if folded
    };

    [[nodiscard]] LaneId laneIn(const Section &section, std::size_t index) const;
    [[nodiscard]] int bottomOf(const Section &section) const;
    [[nodiscard]] LayoutRow laneRow(const Section &section, std::size_t index) const;

    const Trace *trace_ = nullptr;
    RowHeights heights_;
    std::array<Section, laneGroupCount> sections_;
    std::size_t sectionCount_ = 0;
    int height_ = 0;
    int pinnedHeight_ = 0;
};

} // namespace loopscope
