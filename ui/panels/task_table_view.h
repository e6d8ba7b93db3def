#pragma once

#include <QTableView>

#include <functional>
#include <map>
#include <utility>

namespace loopscope {

/// The look of the task table: flat, without grid, the selection in the theme's colour, the failed in that of failures.
class TaskTableView : public QTableView {
    Q_OBJECT

public:
    explicit TaskTableView(QWidget *parent = nullptr);

    /// What is said where there are no rows.
    void setEmptyText(const QString &text);
    /// Widths by the font and the headings, for the first time; the last column takes what is left.
    void setDefaultWidths();
    /// The rows that can be seen, first and last; {0, -1} if there are none.
    [[nodiscard]] std::pair<int, int> visibleRows() const;
    /// Highlights a row as if the mouse were over it; none for −1.
    void highlightRow(int row);
    [[nodiscard]] int highlightedRow() const { return highlightedRow_; }

    /// Shows the columns that the function says yes to; the others keep their widths.
    void showColumns(const std::function<bool(int)> &isShown);
    /// The columns' widths and order as bytes, and back; what saveColumns() did not write changes nothing.
    [[nodiscard]] QByteArray saveColumns() const;
    void restoreColumns(const QByteArray &state);

Q_SIGNALS:
    /// The mouse is over another row; an invalid index if it is over none.
    void hoveredRowChanged(const QModelIndex &row);

protected:
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void adaptToFont();

    void scaleWidths(double factor);
    void stretchLast();

    void updateRow(int row);
    [[nodiscard]] int widthOf(int column) const;
    void setWidth(int column, int width);

    QString emptyText_;
    std::map<int, int> hiddenWidths_; // of columns that are not shown
    int highlightedRow_ = -1;
    bool hadBar_ = false; // the vertical one, when the rows' room changed last
    int charWidth_ = 0;   // of the font that the widths are made for
};

} // namespace loopscope
