#pragma once

#include "ui/panels/task_table_model.h"
#include "ui/timeline/task_filter.h"

#include <QSortFilterProxyModel>

#include <vector>

namespace loopscope {

/// Sorts and filters a TaskTableModel without restlessness.
///
/// The times of living tasks change all the time, so rows are ordered by what they were when somebody asked for the order: by sort() or
/// resort(). Until the next time they stay where they are, and tasks that are new since then come last.
class TaskFilterModel : public QSortFilterProxyModel {
    Q_OBJECT

public:
    explicit TaskFilterModel(TaskTableModel &tasks, QObject *parent = nullptr);

    /// Shows the tasks that match; all of them if there are no terms.
    void setTerms(const TaskFilterTerms &terms);
    [[nodiscard]] const TaskFilterTerms &terms() const { return terms_; }
    /// Asks of every task once more whether it matches.
    void refilter();

    /// Column −1 is the order of creation.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;
    /// Sorts once more by the present values.
    void resort();

protected:
    [[nodiscard]] bool filterAcceptsRow(int sourceRow, const QModelIndex &sourceParent) const override;
    [[nodiscard]] bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    void takeKeys(int column);

    TaskTableModel &tasks_;
    TaskFilterTerms terms_;
    std::vector<double> keys_; // by source row, as they were at the last sort; later rows have none
};

} // namespace loopscope
