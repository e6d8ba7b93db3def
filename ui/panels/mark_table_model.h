#pragma once

#include "ui/timeline/trace_marks.h"

#include <QAbstractTableModel>

#include <optional>

namespace loopscope {

/// The marks of the run as a table: names, which can be edited, and instants.
class MarkTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Instant, ColumnCount };

    /// `marks` must outlive it.
    explicit MarkTableModel(TraceMarks &marks, QObject *parent = nullptr);

    /// The mark of a row.
    [[nodiscard]] const Mark &mark(int row) const { return shown_[static_cast<std::size_t>(row)]; }
    /// The row of a mark, if it is there.
    [[nodiscard]] std::optional<int> rowOf(MarkId id) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Renames a mark. False where Marks::rename() says so.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

private:
    void refresh();

    TraceMarks &marks_;
    std::vector<Mark> shown_;
};

} // namespace loopscope
