#pragma once

#include "ui/timeline/lane_criteria.h"
#include "ui/timeline/lane_order.h"

#include <QObject>
#include <QTimer>

#include <functional>
#include <optional>
#include <vector>

namespace loopscope {

/// A row of a timeline, told from others.
struct WatchedRow {
    LaneId lane = noLane; ///< noLane for a header
    GroupKey group = LaneGroup::Loop;
    LaneGrouping grouping = LaneGrouping::None; ///< which numbers the parts

    friend bool operator==(const WatchedRow &, const WatchedRow &) = default;
};

/// Notices that rows have come or stand otherwise, once somebody has asked for them. It looks some time after it has been touched, and then
/// once for all that happened until then: at most five times a second, and no more often than a twentieth of the time allows.
class RowWatch : public QObject {
    Q_OBJECT

public:
    /// `rows` answers with all rows that there are now, from top to bottom.
    explicit RowWatch(std::function<std::vector<WatchedRow>()> rows);

    /// Somebody asks for the rows just now.
    void noteAsked();
    /// The rows that there have been are no more, even if those that come are equal.
    void forgetRows();
    /// The rows may be other ones now. Costs nothing while nobody has asked.
    void touch();

Q_SIGNALS:
    /// These are new, and few; the others stand as they did.
    void came(const std::vector<loopscope::WatchedRow> &rows);
    /// Rows have gone, stand otherwise, or many have come, or there were none before.
    void reordered();

private:
    void look();

    std::function<std::vector<WatchedRow>()> rows_;
    std::optional<std::vector<WatchedRow>> seen_; // once somebody has asked
    QTimer soon_;
    qint64 cost_ = 0; // of looking and of what came of it, in ms
};

} // namespace loopscope
