#pragma once

#include <QTableView>

namespace loopscope {

class ComparisonModel;

/// The look of the table of a comparison: flat, as high as its rows, but for many, wall times as bars. Columns that there is no room for
/// are hidden, those that matter least first.
class ComparisonTableView : public QTableView {
    Q_OBJECT

public:
    /// The model must outlive the view.
    explicit ComparisonTableView(ComparisonModel &model, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void adaptToFont();
    void adaptToRows();
    void fitColumns();
};

} // namespace loopscope
