#pragma once

#include "ui/panels/range_table_model.h"

#include <QTableView>

#include <array>

namespace loopscope {

/// The look of the table of a measured range: flat, as high as its rows, but for many, numbers never cut off, states or names with their
/// swatches, lengths as bars. Its models have the columns and the roles of RangeTableModel.
class RangeTableView : public QTableView {
    Q_OBJECT

public:
    explicit RangeTableView(QWidget *parent = nullptr);

    /// The model must outlive the view.
    void showModel(QAbstractItemModel &model);

    /// Whether there are the columns of the lane that is told apart.
    void showLane(bool shows);

Q_SIGNALS:
    /// Enter was pressed in a row.
    void rowEntered(int row);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void adaptToFont();
    void adaptToTexts();
    void fitColumns();

    bool laneIsShown_ = false;
    // What fitColumns() is given, in pixels.
    std::array<int, RangeTableModel::ColumnCount> leastWidths_{}; // of numbers, so that all of them can be read
    int widestNumber_ = 0;
    int widestName_ = 0;
    int narrowestName_ = 0;
};

} // namespace loopscope
