#pragma once

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace loopscope {

/// Asks a person to choose between two things, calmly: a line with two buttons, which can be left alone. Takes no room while there is
/// nothing to ask. Esc chooses neither.
class ChoiceBar : public QWidget {
    Q_OBJECT

public:
    explicit ChoiceBar(QWidget *parent = nullptr);

    /// Texts are shown as plain text.
    void ask(const QString &question, const QString &first, const QString &second);
    /// Gives the keyboard to the first choice, for an answer to what a person has just done.
    void takeKeyboard();
    /// Asks for nothing any more. The keyboard stays with whoever has it, unless that is one of the buttons here.
    void withdraw();

Q_SIGNALS:
    void firstChosen();
    void secondChosen();
    /// It is gone, and somebody else should have the keyboard.
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void drawIcons();

    QLabel *label_;
    QPushButton *first_;
    QPushButton *second_;
    QToolButton *close_;
};

} // namespace loopscope
