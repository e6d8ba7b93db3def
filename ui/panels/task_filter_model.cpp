#include "ui/panels/task_filter_model.h"

#include <QCollator>

#include <algorithm>
#include <numeric>

namespace loopscope {

namespace {

/// The place of each row among all, in the order in which people sort texts: case does not matter, and 9 comes before 10. Equal texts
/// share a place.
std::vector<double> ranksOfTexts(const TaskTableModel &tasks, int column)
{
    // The C locale knows bytes only, and would put 10 before 9.
    QCollator collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale());
    collator.setCaseSensitivity(Qt::CaseInsensitive);
    collator.setNumericMode(true);
    std::vector<QCollatorSortKey> texts;
    const int rows = tasks.rowCount();
    texts.reserve(static_cast<std::size_t>(rows));
    for (int row = 0; row < rows; ++row)
        texts.push_back(collator.sortKey(tasks.index(row, column).data(TaskTableModel::SortRole).toString()));

    std::vector<std::size_t> order(texts.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::sort(order, [&texts](std::size_t a, std::size_t b) { return texts[a].compare(texts[b]) < 0; });
    std::vector<double> ranks(texts.size());
    double rank = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        if (i > 0 && texts[order[i - 1]].compare(texts[order[i]]) != 0)
            ++rank;
        ranks[order[i]] = rank;
    }
    return ranks;
}

std::vector<double> numbersOf(const TaskTableModel &tasks, int column)
{
    std::vector<double> numbers(static_cast<std::size_t>(tasks.rowCount()));
    for (std::size_t row = 0; row < numbers.size(); ++row)
        numbers[row] = tasks.index(static_cast<int>(row), column).data(TaskTableModel::SortRole).toDouble();
    return numbers;
}

} // namespace

TaskFilterModel::TaskFilterModel(TaskTableModel &tasks, QObject *parent)
    : QSortFilterProxyModel(parent)
    , tasks_(tasks)
{
    setSourceModel(&tasks);
    connect(&tasks, &QAbstractItemModel::modelAboutToBeReset, this, [this] { keys_.clear(); });
    connect(&tasks, &QAbstractItemModel::modelReset, this, &TaskFilterModel::resort);
}

void TaskFilterModel::setTerms(const TaskFilterTerms &terms)
{
    if (terms == terms_)
        return;
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    beginFilterChange();
    terms_ = terms;
    endFilterChange(Direction::Rows);
#else
    terms_ = terms;
    invalidateRowsFilter();
#endif
}

void TaskFilterModel::refilter()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 10, 0)
    beginFilterChange();
    endFilterChange(Direction::Rows);
#else
    invalidateRowsFilter();
#endif
}

void TaskFilterModel::sort(int column, Qt::SortOrder order)
{
    takeKeys(column);
    if (column == sortColumn() && order == sortOrder())
        invalidate();
    else
        QSortFilterProxyModel::sort(column, order);
}

void TaskFilterModel::resort()
{
    if (sortColumn() >= 0)
        sort(sortColumn(), sortOrder());
}

void TaskFilterModel::takeKeys(int column)
{
    keys_.clear();
    if (column >= 0)
        keys_ = TaskTableModel::isNumeric(column) ? numbersOf(tasks_, column) : ranksOfTexts(tasks_, column);
}

bool TaskFilterModel::filterAcceptsRow(int sourceRow, const QModelIndex & /*sourceParent*/) const
{
    return terms_.isEmpty() || matches(*tasks_.trace(), tasks_.laneOf(sourceRow), terms_);
}

bool TaskFilterModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const auto a = static_cast<std::size_t>(left.row());
    const auto b = static_cast<std::size_t>(right.row());
    const bool isKnownA = a < keys_.size();
    const bool isKnownB = b < keys_.size();
    // For the descending order the base class exchanges the sides; what is no question of size must not turn round with them.
    const bool isDescending = sortOrder() == Qt::DescendingOrder;
    if (isKnownA != isKnownB)
        return isKnownA != isDescending;
    if (isKnownA && keys_[a] != keys_[b])
        return keys_[a] < keys_[b];
    return (a < b) != isDescending;
}

} // namespace loopscope
