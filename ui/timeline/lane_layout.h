#pragma once

#include "ui/timeline/lane_order.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// Heights of rows, in pixels of whatever is drawn on.
struct RowHeights {
    int group = 22;
    int lane = 26;
    int nested = 19; ///< of a row of the lane above it (LaneKind::Row)
    int lift = 3;    ///< how far such a row reaches up into that lane, so that their spans adjoin

    friend constexpr bool operator==(const RowHeights &, const RowHeights &) = default;
};

/// Which groups show their header only, by LaneGroup. Parts of divided tasks are folded one by one (LaneSection::isFolded).
using FoldedGroups = std::array<bool, laneGroupCount>;

/// One row of the layout: a group's header, or a lane.
struct LayoutRow {
    LaneGroup group = LaneGroup::Loop;
    LaneId lane = noLane;  ///< noLane in a header
    std::size_t index = 0; ///< of the lane in its group
    int top = 0;
    int height = 0;
    std::optional<std::uint32_t> part; ///< as GroupKey::part
    std::size_t heads = 0;             ///< lanes of the group down to here that are no rows of others
    bool isNested = false;             ///< a row of the lane above it

    [[nodiscard]] bool isHeader() const { return lane == noLane; }
    [[nodiscard]] GroupKey key() const { return {group, part}; }
    friend bool operator==(const LayoutRow &, const LayoutRow &) = default;
};

/// Rows that follow each other, both ends included.
struct RowRange {
    LayoutRow first;
    LayoutRow last;
};

/// Where each lane stands, from 0 downwards. A row is found in logarithmic time of the number of groups, and, where lanes have rows of
/// their own, of lanes.
class LaneLayout {
public:
    LaneLayout() = default;
    /// The layout of an order as it is now. What is appended to the order later has no row.
    LaneLayout(std::shared_ptr<const LaneOrder> order, RowHeights heights, const FoldedGroups &folded);
    /// All lanes of a trace as it is now, in the order of creation.
    LaneLayout(const Trace &trace, RowHeights heights, const FoldedGroups &folded);

    /// Saturated at 2^30 pixels.
    [[nodiscard]] int height() const { return height_; }
    /// Keeps no more pixels than `most` in place, down to the end of a row; of pinned lanes only, for the loop's group always stays. The
    /// pinned lanes below scroll with the others. Until it is called, all of them stay.
    void keepInPlace(int most);
    /// The height of the loop's group and of the pinned lanes which stay in sight when the others scroll.
    [[nodiscard]] int pinnedHeight() const { return pinnedHeight_; }
    /// How many lanes have a row: those of folded groups have none.
    [[nodiscard]] std::size_t laneCount() const;
    /// How many rows there are, headers and lanes.
    [[nodiscard]] std::size_t rowCount() const { return sections_.empty() ? 0 : sections_.back().rowsAbove + 1 + sections_.back().lanes; }

    /// The row below so many others, if there is one.
    [[nodiscard]] std::optional<LayoutRow> rowNumbered(std::size_t rowsAbove) const;
    /// How many rows stand above a row of this layout.
    [[nodiscard]] std::size_t rowsAbove(const LayoutRow &row) const;
    /// The row that covers `y`, if any does.
    [[nodiscard]] std::optional<LayoutRow> rowAt(int y) const;
    /// The row of a lane; nothing if it is folded away, not shown or unknown.
    [[nodiscard]] std::optional<LayoutRow> rowOf(LaneId lane) const;
    /// The header of a group; nothing if the group is left out.
    [[nodiscard]] std::optional<LayoutRow> headerOf(const GroupKey &key) const;
    /// The row of this layout that shows what `row` of another one does: the same header or the same lane.
    [[nodiscard]] std::optional<LayoutRow> counterpart(const LayoutRow &row) const;
    /// The row below `row`, if there is one.
    [[nodiscard]] std::optional<LayoutRow> rowAfter(const LayoutRow &row) const { return rowAt(row.top + row.height); }
    /// The row above `row`, if there is one.
    [[nodiscard]] std::optional<LayoutRow> rowBefore(const LayoutRow &row) const { return rowAt(row.top - 1); }
    /// The row of the first lane that is shown.
    [[nodiscard]] std::optional<LayoutRow> firstLaneRow() const;

    /// What is known of the group of a row of this layout.
    [[nodiscard]] const LaneSection &sectionOf(const LayoutRow &row) const { return order_->sections()[placeAt(row.top)]; }
    [[nodiscard]] bool isFolded(const LayoutRow &row) const { return sections_[placeAt(row.top)].isFolded; }

private:
    struct Section {
        int top = 0;
        std::size_t lanes = 0; // shown ones: none if folded
        bool isFolded = false;
        std::size_t rowsAbove = 0; // its header
    };

    [[nodiscard]] std::size_t placeAt(int y) const;
    [[nodiscard]] int edgeOf(const LaneSection &lanes, std::size_t index) const;
    [[nodiscard]] std::size_t indexAt(std::size_t section, int below) const;
    [[nodiscard]] LayoutRow headerRow(std::size_t section) const;
    [[nodiscard]] LayoutRow laneRow(std::size_t section, std::size_t index) const;

    std::shared_ptr<const LaneOrder> order_;
    RowHeights heights_;
    std::vector<Section> sections_; // as those of the order
    int height_ = 0;
    int loopHeight_ = 0; // of its group
    int pinnedHeight_ = 0;
};

} // namespace loopscope
