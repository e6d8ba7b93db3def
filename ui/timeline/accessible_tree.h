#pragma once

#include "ui/timeline/row_watch.h"
#include "ui/timeline/timeline_view.h"

#include <QAccessibleWidget>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// The view as a screen reader gets it. Its children are the rows that the view shows, from top to bottom, and then its widgets. They are
/// made when they are asked for, and kept: a lane's is the same one for as long as the view shows that run.
class AccessibleTimeline final : public QAccessibleWidget {
public:
    explicit AccessibleTimeline(TimelineView &view);
    ~AccessibleTimeline() override;
    AccessibleTimeline(const AccessibleTimeline &) = delete;
    AccessibleTimeline &operator=(const AccessibleTimeline &) = delete;

    [[nodiscard]] TimelineView &view() const { return static_cast<TimelineView &>(*widget()); }

    [[nodiscard]] int childCount() const override;
    [[nodiscard]] QAccessibleInterface *child(int index) const override;
    [[nodiscard]] QAccessibleInterface *childAt(int x, int y) const override;
    int indexOfChild(const QAccessibleInterface *child) const override;
    [[nodiscard]] QAccessibleInterface *focusChild() const override;

    /// The child for a place of the trace that the view shows; Qt owns it.
    [[nodiscard]] QAccessibleInterface *at(const LanePlace &place) const;
    /// The child for the header of a group.
    [[nodiscard]] QAccessibleInterface *at(const GroupKey &group) const;
    /// The header, the lane or the span that keys walk with; null if there is none among the rows.
    [[nodiscard]] QAccessibleInterface *current() const;

    /// The rows may be other ones now, which whoever listens and has asked for them is told soon.
    void touchRows();
    /// Notices that they are.
    [[nodiscard]] const RowWatch &rowWatch() const { return watch_; }

private:
    struct PlaceHash {
        std::size_t operator()(const LanePlace &place) const;
    };
    // Parts are numbered anew by each grouping, so that it belongs to what a header is.
    using HeaderKey = std::tuple<LaneGroup, std::optional<std::uint32_t>, std::optional<LaneGrouping>>;

    [[nodiscard]] int rowCount() const { return static_cast<int>(view().layout().rowCount()); }
    [[nodiscard]] QAccessibleInterface *at(const LayoutRow &row) const;
    [[nodiscard]] std::vector<WatchedRow> rows() const;
    void tellNew(const std::vector<WatchedRow> &added) const;
    void followRun() const;
    void forgetOldestSpan() const;
    void forgetAll() const;

    mutable std::unordered_map<LaneId, QAccessible::Id> lanes_;
    mutable std::map<HeaderKey, QAccessible::Id> headers_;
    mutable std::unordered_map<LanePlace, QAccessible::Id, PlaceHash> spans_;
    mutable std::deque<LanePlace> spanOrder_; // as they were made
    mutable std::uint64_t run_;               // whose children they are
    mutable RowWatch watch_;
};

} // namespace loopscope
