#pragma once

#include "core/trace/trace.h"

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>

#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;

namespace loopscope {

class Hover;
class Selection;
class TaskFilter;
class TaskFilterModel;
class TaskTableModel;
class TaskTableView;

/// The table of tasks, or of the threads of others: sortable, narrowed by the filter, whose text is typed here; its current row and the
/// selection are one. While a range of time is selected, the times are those within it, and a chip says so.
class TaskTable : public QWidget {
    Q_OBJECT

public:
    /// All three must outlive the table.
    TaskTable(Selection &selection, TaskFilter &filter, Hover &hover, QWidget *parent = nullptr);
    ~TaskTable() override;

    void setTrace(std::shared_ptr<const Trace> trace);
    /// The trace has grown. May be called at every frame: it shows what is new ten times a second, and at once when the run is over.
    void refresh();

    /// Column widths and order, for the settings; restoring foreign bytes changes nothing.
    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);
    /// Puts the keyboard into the filter. The shortcut for it is the window's, which may have to show the table first.
    void focusFilter();
    /// What has the keyboard when it is on the rows.
    [[nodiscard]] QWidget &rows() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void arrange();
    void connectSelection();
    void connectHover();
    void showHover();
    void refreshNow();
    void applyFilter();
    void refilter();
    void showSelection();
    void selectCurrentRow();
    void applyRange();
    void showRange();
    void showCount();
    void showWords();
    [[nodiscard]] bool isImport() const;
    void copySelectedRows() const;

    Selection &selection_;
    TaskFilter &wanted_;
    Hover &hover_;
    TaskTableModel *tasks_;
    TaskFilterModel *rows_;
    QLineEdit *filter_;
    QPushButton *range_; // takes it back
    QLabel *count_;
    TaskTableView *view_;
    QTimer refreshTimer_;
    QTimer rangeTimer_;
    QElapsedTimer filterAge_;  // since every task was asked
    bool isFollowing_ = false; // the view is being brought in line with the selection, not the other way round
    bool wasFinished_ = false;
};

} // namespace loopscope
