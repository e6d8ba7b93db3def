#pragma once

#include "core/analysis/name_measurement.h"
#include "core/analysis/range_measurement.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>
#include <optional>

class QLabel;
class QToolButton;

namespace loopscope {

class ElidedLabel;
class NameTableModel;
class RangeTableModel;
class RangeTableView;
class Selection;

/// What happened in the selected range of time: how long tasks were in each state, how many spans there are and how long they are. Of the
/// selected lane, if there is one, and of all tasks. In a trace of others it is by the names of slices instead of states.
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

Q_SIGNALS:
    /// A person goes to the longest span of a row. It is selected by now.
    void followed(loopscope::LaneId lane, std::optional<std::size_t> span);

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void adaptToFont();
    void start();
    void measureOn();
    template <typename Measurement, typename Table>
    void measureWith(std::shared_ptr<Measurement> &running, Table &table);
    template <typename Measurement, typename Table>
    void showMeasured(std::shared_ptr<Measurement> measured, Table &table);
    template <typename Measurement, typename Table>
    void showProgress(const std::shared_ptr<Measurement> &running, const Table &table);
    void showNothing();
    void goToLongest(int row);
    [[nodiscard]] bool isImport() const { return trace_ && !trace_->hasLoop(); }

    Selection &selection_;
    std::shared_ptr<const Trace> trace_;
    RangeTableModel *table_;
    NameTableModel *names_;
    QLabel *title_;
    ElidedLabel *summary_;
    QToolButton *copy_;
    QToolButton *close_;
    RangeTableView *view_;
    std::shared_ptr<RangeMeasurement> running_; // null once it is done
    std::shared_ptr<NameMeasurement> runningNames_;
    std::uint64_t measuredRevision_ = 0;
    qint64 costMs_ = 0; // of the last measurement
    QTimer slices_;
    QTimer again_;
};

} // namespace loopscope
