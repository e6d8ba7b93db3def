#pragma once

#include "core/analysis/name_measurement.h"
#include "ui/panels/range_table_model.h"

#include <QAbstractTableModel>
#include <QString>

#include <memory>
#include <utility>

namespace loopscope {

/// What was measured in a range of time of a trace of others: a row for each of the names with most time, the longest first, and one for
/// all of them. Its columns and roles are those of RangeTableModel; the lane that is told apart is a thread with its rows.
class NameTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    /// Shows a measurement of `trace`; null shows nothing, as does one that is not complete.
    void show(std::shared_ptr<const NameMeasurement> measured, const std::shared_ptr<const Trace> &trace);
    [[nodiscard]] const NameMeasurement *measured() const { return measured_.get(); }
    /// The longest slice of the row's name: its lane and index; noLane if there is none.
    [[nodiscard]] std::pair<LaneId, std::size_t> longestOf(int row) const;
    /// As RangeTableModel::text().
    [[nodiscard]] QString text() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] bool isTotal(int row) const { return row + 1 == rows_; }
    [[nodiscard]] const MeasuredName &of(int row) const;
    [[nodiscard]] QString nameText(int row) const;
    [[nodiscard]] QString cellText(int row, int column) const;
    [[nodiscard]] QString lengthText(int row, double share) const;
    [[nodiscard]] QVariant barsOf(int row, int role) const;

    std::shared_ptr<const NameMeasurement> measured_;
    std::shared_ptr<const Trace> trace_;
    int rows_ = 1;
};

} // namespace loopscope
