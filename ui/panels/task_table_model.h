#pragma once

#include "core/trace/trace.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// The tasks of a trace as a table, a row each in the order of their creation; of a trace of others its threads and counters.
///
/// It keeps no copy of what it shows: a cell asks the trace, whose block summaries make that cheap, for all times and for those in a range.
/// Rows are only ever added, and a task's row never changes. Texts come from strangers: they are escaped, and to be shown as plain text.
class TaskTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Name,
        State,
        Process,
        Slices,
        Busy,
        Running,
        Ready,
        Awaiting,
        Queued,
        InWorker,
        Blocking,
        Bytes,
        Throughput,
        Result,
        ColumnCount
    };
    enum Role {
        SortRole = Qt::UserRole, ///< numbers for the columns of numbers: nanoseconds, bytes, bytes a second; else the text
        LaneRole,                ///< the task's LaneId
        FailedRole               ///< whether the task failed
    };

    using QAbstractTableModel::QAbstractTableModel;

    /// Shows another trace, or none.
    void setTrace(std::shared_ptr<const Trace> trace);
    [[nodiscard]] const Trace *trace() const { return trace_.get(); }

    /// The columns of times tell those within a range of time, or all if it is nothing. It is of every trace that is shown.
    void setRange(std::optional<TimeRange> range);
    [[nodiscard]] std::optional<TimeRange> range() const { return range_; }

    /// The trace has grown: adds rows for new tasks and tells which rows have ended since. Costs what is new.
    void refresh();
    /// Tells that the rows `first` to `last` show other times by now, as far as their tasks live. For the rows that somebody sees: telling
    /// it of 100,000 living ones at every frame would be slow, and nobody could read them.
    void refreshLive(int first, int last);

    /// The row of a task; nothing if it has none (yet).
    [[nodiscard]] std::optional<int> rowOf(LaneId task) const;
    [[nodiscard]] LaneId laneOf(int row) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Whether a column holds numbers.
    [[nodiscard]] static bool isNumeric(int column) { return column >= Slices && column <= Throughput; }
    /// Whether a column holds times, which setRange() is about.
    [[nodiscard]] static bool isOfTime(int column) { return column >= Busy && column <= Blocking; }
    /// Whether there is anything in a column for the trace that is shown.
    [[nodiscard]] bool hasColumn(int column) const;

private:
    [[nodiscard]] const std::vector<LaneId> &lanes() const { return trace_->hasLoop() ? trace_->tasks() : heads_; }
    [[nodiscard]] QString cellText(const Lane &lane, int column) const;
    [[nodiscard]] QString numberText(const Lane &lane, int column) const;
    [[nodiscard]] QVariant sortKey(const Lane &lane, int column) const;
    [[nodiscard]] Nanoseconds timeOf(LaneId lane, int column) const;
    void addHeads();
    void addNewRows();
    void announceEnded();

    std::shared_ptr<const Trace> trace_;
    std::optional<TimeRange> range_;
    std::vector<LaneId> heads_; // of a trace of others: its rows that are not nested
    std::size_t headsSeen_ = 0; // among so many
    int rows_ = 0;
    std::size_t endedSeen_ = 0; // how many of the trace's endedTasks() have been announced
};

} // namespace loopscope
