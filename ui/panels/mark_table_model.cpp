#include "ui/panels/mark_table_model.h"

#include "ui/theme/format.h"
#include "ui/theme/shown_text.h"

#include <algorithm>

namespace loopscope {

MarkTableModel::MarkTableModel(TraceMarks &marks, QObject *parent)
    : QAbstractTableModel(parent)
    , marks_(marks)
    , shown_(marks.all())
{
    connect(&marks, &TraceMarks::changed, this, &MarkTableModel::refresh);
}

std::optional<int> MarkTableModel::rowOf(MarkId id) const
{
    const auto found = std::ranges::find(shown_, id, &Mark::id);
    return found == shown_.end() ? std::nullopt : std::optional(static_cast<int>(found - shown_.begin()));
}

int MarkTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int MarkTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MarkTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Mark &mark = this->mark(index.row());
    if (role == Qt::EditRole && index.column() == Name)
        return QString::fromStdString(mark.name);
    if (role != Qt::DisplayRole)
        return {};
    return index.column() == Name ? shownText(mark.name) : formatInstant(mark.at);
}

QVariant MarkTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Name ? tr("Name") : tr("Time");
}

Qt::ItemFlags MarkTableModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.isValid() && index.column() == Name ? usual | Qt::ItemIsEditable : usual;
}

bool MarkTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    return index.isValid() && index.column() == Name && role == Qt::EditRole && marks_.rename(mark(index.row()).id, value.toString());
}

// Rows that stay keep their place in a view, and with it what is selected there.
void MarkTableModel::refresh()
{
    const std::vector<Mark> &marks = marks_.all();
    const auto isSame = [](const Mark &a, const Mark &b) { return a.id == b.id; };
    const auto size = static_cast<int>(marks.size());
    const auto head = static_cast<int>(std::ranges::mismatch(shown_, marks, isSame).in1 - shown_.begin());
    if (marks.size() == shown_.size() + 1
        && std::ranges::equal(shown_.begin() + head, shown_.end(), marks.begin() + head + 1, marks.end(), isSame)) {
        beginInsertRows({}, head, head);
        shown_ = marks;
        endInsertRows();
    } else if (marks.size() + 1 == shown_.size()
               && std::ranges::equal(shown_.begin() + head + 1, shown_.end(), marks.begin() + head, marks.end(), isSame)) {
        beginRemoveRows({}, head, head);
        shown_ = marks;
        endRemoveRows();
    } else if (head == size && marks.size() == shown_.size()) {
        shown_ = marks;
        if (size > 0)
            Q_EMIT dataChanged(index(0, Name), index(size - 1, Name));
    } else {
        beginResetModel();
        shown_ = marks;
        endResetModel();
    }
}

} // namespace loopscope
