#pragma once

#include "core/analysis/range_measurement.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QToolButton;

namespace loopscope {

class ElidedLabel;
class RangeTableModel;
class RangeTableView;
class Selection;

/// What happened in the selected range of time: how long tasks were in each state, how many spans there are and how long they are. Of the
/// selected lane, if there is one, and of all tasks.
///
/// Measures in slices of a few milliseconds between other work, and says so while it does; another range or lane begins anew. While the
/// run goes on, it measures again every now and then, and shows the last result until the next one is complete.
class MeasurementPanel : public QWidget {
    Q_OBJECT

public:
    /// The selection must outlive the panel.
    explicit MeasurementPanel(Selection &selection, QWidget *parent = nullptr);
    ~MeasurementPanel() override;

    void setTrace(std::shared_ptr<const Trace> trace);
    /// The trace has grown. May be called at every frame.
    void refresh();
    /// What is shown, as text for the clipboard: a line on the range, then the table.
    [[nodiscard]] QString text() const;

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void adaptToFont();
    void start();
    void measureOn();
    void showMeasured(std::shared_ptr<const RangeMeasurement> measured);
    void showProgress();
    void goToLongest(int row);

    Selection &selection_;
    std::shared_ptr<const Trace> trace_;
    RangeTableModel *table_;
    QLabel *title_;
    ElidedLabel *summary_;
    QToolButton *copy_;
    QToolButton *close_;
    RangeTableView *view_;
    std::shared_ptr<RangeMeasurement> running_; // null once it is done
    std::uint64_t measuredRevision_ = 0;
    qint64 costMs_ = 0; // of the last measurement
    QTimer slices_;
    QTimer again_;
};

} // namespace loopscope
