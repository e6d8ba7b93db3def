#include "ui/compare/comparison_model.h"

#include "ui/compare/comparison_figures.h"
#include "ui/theme/shown_text.h"

#include <algorithm>

namespace loopscope {

void ComparisonModel::show(std::shared_ptr<const Comparison> comparison)
{
    const auto nameOf = [](const CandidateResult &result) { return result.candidate.name(); };
    const bool isSame =
        comparison && comparison_ && std::ranges::equal(comparison->candidates, comparison_->candidates, {}, nameOf, nameOf);
    if (!isSame)
        beginResetModel();
    comparison_ = std::move(comparison);
    longest_ = 1;
    for (int i = 0; i < rowCount(); ++i)
        longest_ = std::max(longest_, comparison_->candidates[static_cast<std::size_t>(i)].wall().most);
    if (!isSame)
        endResetModel();
    else if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ComparisonModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !comparison_ ? 0 : static_cast<int>(comparison_->candidates.size());
}

int ComparisonModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(comparisonColumns.size());
}

QVariant ComparisonModel::wallsOf(const CandidateResult &result) const
{
    if (result.runs.empty())
        return {};
    const Spread wall = result.wall();
    QList<double> shares;
    for (const Nanoseconds time : {wall.least, wall.median, wall.most})
        shares.append(static_cast<double>(time) / static_cast<double>(longest_));
    return QVariant::fromValue(shares);
}

QString ComparisonModel::toolTipOf(const CandidateResult &result) const
{
    QString text = shownText(result.candidate.strategy.text);
    if (!result.obstacle.empty())
        text += QLatin1Char('\n') + shownText(result.obstacle);
    return toolTipText(text);
}

QVariant ComparisonModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= rowCount())
        return {};
    const CandidateResult &result = comparison_->candidates[static_cast<std::size_t>(index.row())];
    const ComparisonColumn column = comparisonColumns[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return figureText(*comparison_, result, column);
    case Qt::ToolTipRole:
        return toolTipOf(result);
    case Qt::TextAlignmentRole:
        return column == ComparisonColumn::Strategy ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                                    : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    case WallRole:
        return column == ComparisonColumn::Range ? wallsOf(result) : QVariant();
    default:
        return {};
    }
}

QVariant ComparisonModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount())
        return {};
    const ComparisonColumn column = comparisonColumns[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return columnTitle(column);
    if (role == Qt::ToolTipRole)
        return toolTipText(columnExplanation(column));
    if (role == Qt::TextAlignmentRole)
        return column == ComparisonColumn::Strategy ? QVariant(Qt::AlignLeft | Qt::AlignVCenter)
                                                    : QVariant(Qt::AlignRight | Qt::AlignVCenter);
    return {};
}

} // namespace loopscope
