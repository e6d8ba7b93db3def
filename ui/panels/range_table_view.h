#pragma once

#include <QTableView>

namespace loopscope {

class RangeTableModel;

/// The look of the table of a measured range: flat, as high as its rows, states with their swatches, lengths as bars.
class RangeTableView : public QTableView {
    Q_OBJECT

public:
    /// The model must outlive the view.
    explicit RangeTableView(RangeTableModel &model, QWidget *parent = nullptr);

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
    void fitColumns();

    bool laneIsShown_ = false;
};

} // namespace loopscope
