#pragma once

#include "core/experiment/comparison.h"

#include <QAbstractTableModel>

#include <memory>

namespace loopscope {

/// The figures of a comparison as a table: a row a candidate, a column for each of comparisonColumns.
class ComparisonModel : public QAbstractTableModel {
    Q_OBJECT

public:
    /// Of the column of ranges: QList<double> of the least, the median and the most wall time, 1 being the most of all candidates; none if
    /// nothing was measured.
    static constexpr int WallRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    /// Shows a comparison, or none. One with the same candidates keeps its rows.
    void show(std::shared_ptr<const Comparison> comparison);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QVariant wallsOf(const CandidateResult &result) const;
    [[nodiscard]] QString toolTipOf(const CandidateResult &result) const;

    std::shared_ptr<const Comparison> comparison_;
    Nanoseconds longest_ = 1;
};

} // namespace loopscope
