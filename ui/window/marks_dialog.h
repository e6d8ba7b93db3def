#pragma once

#include "ui/timeline/trace_marks.h"

#include <QDialog>

#include <optional>

class QLabel;
class QPushButton;
class QTableView;

namespace loopscope {

class MarkTableModel;
class Viewport;

/// The marks of the run: to find, rename and remove them. Does not block the window.
class MarksDialog : public QDialog {
    Q_OBJECT

public:
    /// Both must outlive it.
    MarksDialog(TraceMarks &marks, Viewport &viewport, QWidget *parent = nullptr);

    /// Lets a person type a mark's name.
    void editName(MarkId mark);

private:
    void arrange();
    void goTo();
    void remove();
    void showState();
    [[nodiscard]] std::optional<int> currentRow() const;

    TraceMarks &marks_;
    Viewport &viewport_;
    MarkTableModel *model_;
    QTableView *table_;
    QLabel *hint_;
    QPushButton *goTo_;
    QPushButton *remove_;
};

} // namespace loopscope
