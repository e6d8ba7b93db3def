#pragma once

#include <QTableView>

namespace loopscope {

/// The look of the table of a measured range: flat, as high as its rows, but for many, states or names with their swatches, lengths as
/// bars. Its models have the columns and the roles of RangeTableModel.
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
    void adaptToRows();
    void fitColumns();

    bool laneIsShown_ = false;
};

} // namespace loopscope
