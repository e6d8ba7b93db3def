#pragma once

#include "ui/timeline/lane_search.h"

#include <QWidget>

class QLineEdit;
class QToolButton;

namespace loopscope {

class ElidedLabel;
class Selection;

/// Where a person searches the lanes: how much matches, and from one match to the next. The place among the matches is that of the selected
/// lane, span or instant.
class SearchBar : public QWidget {
    Q_OBJECT

public:
    /// The selection must outlive the bar.
    explicit SearchBar(Selection &selection, QWidget *parent = nullptr);

    [[nodiscard]] LaneSearch &search() { return search_; }
    /// Shows the bar with what was searched last, and puts the keyboard there.
    void open();
    /// Hides the bar; nothing is searched then.
    void close();
    /// What it says of the matches: "3 of 17", "17 matches", "Nothing matches".
    [[nodiscard]] QString verdict() const;

Q_SIGNALS:
    /// A person goes to a match.
    void chosen(const loopscope::LaneMatch &match);
    /// The keyboard is free for others.
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QToolButton *addButton(const QString &text, const QString &name);
    void arrange();
    void go(int step);
    void showVerdict();
    void drawIcons();

    Selection &selection_;
    LaneSearch search_;
    QLineEdit *needle_;
    ElidedLabel *verdict_;
    QToolButton *arguments_; // whether they are searched
    QToolButton *previous_;
    QToolButton *next_;
    QToolButton *close_;
    bool wantsFirst_ = false; // Enter was pressed before anything was found
};

} // namespace loopscope
