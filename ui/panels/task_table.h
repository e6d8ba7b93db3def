#pragma once

#include "core/trace/trace.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;

namespace loopscope {

class Selection;
class TaskFilterModel;
class TaskTableModel;
class TaskTableView;

/// The table of tasks: sortable, filtered by text, its current row and the selection are one.
class TaskTable : public QWidget {
    Q_OBJECT

public:
    /// The selection must outlive the table.
    explicit TaskTable(Selection &selection, QWidget *parent = nullptr);
    ~TaskTable() override;

    void setTrace(std::shared_ptr<const Trace> trace);
    /// The trace has grown. May be called at every frame: it shows what is new ten times a second, and at once when the run is over.
    void refresh();

    /// Column widths and order, for the settings; restoring foreign bytes changes nothing.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);
    /// Puts the keyboard into the filter. The shortcut for it is the window's, which may have to show the table first.
    void focusFilter();

protected:
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void connectSelection();
    void refreshNow();
    void applyNeedle(const QString &needle);
    void showSelection();
    void selectCurrentRow();
    void showCount();
    void copySelectedRows() const;

    Selection &selection_;
    TaskTableModel *tasks_;
    TaskFilterModel *rows_;
    QLineEdit *filter_;
    QLabel *count_;
    TaskTableView *view_;
    QTimer refreshTimer_;
    bool isFollowing_ = false; // the view is being brought in line with the selection, not the other way round
    bool wasFinished_ = false;
};

} // namespace loopscope
