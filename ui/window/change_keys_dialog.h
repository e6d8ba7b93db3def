#pragma once

#include "ui/commands/key_map.h"

#include <QDialog>

class QKeySequenceEdit;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;
class QTreeWidgetItem;

namespace loopscope {

/// Where a person gives commands other keys. Every change counts at once; what it would take from another command is said before.
class ChangeKeysDialog : public QDialog {
    Q_OBJECT

public:
    explicit ChangeKeysDialog(const KeyMap &keys, QWidget *parent = nullptr);

    [[nodiscard]] const KeyMap &keys() const { return keys_; }
    /// What pressing the recorded key means now, and what it would take away; empty if no key is recorded.
    [[nodiscard]] QString verdict() const;

Q_SIGNALS:
    /// keys() are other ones now.
    void changed();

private:
    void arrange();
    void fillList();
    void showKeys();
    void showVerdict();
    /// In logical pixels: no command and no key is cut off, as far as the screen has room.
    [[nodiscard]] QSize fittingSize() const;
    void applySearch(const QString &needle);
    void takeFirstChord(const QKeySequence &recorded);
    void change(void (KeyMap::*how)(Command));
    void addRecorded();
    void apply(const KeyMap &keys);
    [[nodiscard]] std::optional<Command> current() const;
    [[nodiscard]] std::optional<QKeyCombination> recorded() const;

    KeyMap keys_;
    QLineEdit *search_;
    QTreeWidget *list_;
    QKeySequenceEdit *recorder_;
    QPushButton *add_;
    QPushButton *clear_;
    QPushButton *reset_;
    QPushButton *resetAll_;
    QLabel *verdict_;
};

} // namespace loopscope
