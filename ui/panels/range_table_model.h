#pragma once

#include "core/analysis/range_measurement.h"
#include "ui/theme/theme.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>

namespace loopscope {

/// What was measured in a range of time: a row for each state, and one for all of them.
class RangeTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        State,
        LaneTime, ///< of the lane that is told apart, with what follows
        LaneShare,
        LaneSpans,
        TasksTime, ///< of all tasks, with what follows
        TasksShare,
        TasksSpans,
        Median,
        P90,
        P99,
        Longest,
        Lengths, ///< how long the spans are, as bars
        ColumnCount
    };
    enum Role {
        /// The row's SpanColour; invalid in the last row.
        ColourRole = Qt::UserRole,
        /// Of Lengths: a QList<double>, for each power of two from the shortest to the longest span of all states how many spans there are,
        /// as a part of the most.
        BarsRole,
        /// Of Lengths: a QStringList, for each bar what it says in words.
        BarTextsRole,
        /// A text as long as most of the first column, whatever the row.
        WidestRole
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Shows a measurement of `trace`; null shows nothing. What is not complete yet shows as an ellipsis.
    void show(std::shared_ptr<const RangeMeasurement> measured, const std::shared_ptr<const Trace> &trace);
    [[nodiscard]] const RangeMeasurement *measured() const { return measured_.get(); }
    /// The longest span of the row's state, of all tasks: its lane and index; noLane if there is none.
    [[nodiscard]] std::pair<LaneId, std::size_t> longestOf(int row) const;
    /// The table as text: a line a row, tabs between the columns, the titles first.
    [[nodiscard]] QString text() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString cellText(int row, int column) const;
    [[nodiscard]] QString timeText(const MeasuredLanes &lanes, int row, Nanoseconds whole, bool isShare) const;
    [[nodiscard]] QString spansText(const MeasuredLanes &lanes, int row) const;
    [[nodiscard]] QString lengthText(int row, int column) const;
    [[nodiscard]] QVariant barsOf(int row, int role) const;

    std::shared_ptr<const RangeMeasurement> measured_;
    std::shared_ptr<const Trace> trace_;
};

} // namespace loopscope
