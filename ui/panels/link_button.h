#pragma once

#include <QAbstractButton>

namespace loopscope {

/// A text that leads somewhere, in the accent's colour, wrapped where it does not fit; of very long ones the middle is left out. Enter and
/// Space press it.
class LinkButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit LinkButton(QWidget *parent = nullptr);

    /// Plain text; its tool tip is the text where something is left out.
    void setLink(const QString &text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    [[nodiscard]] QString shownText() const;
    [[nodiscard]] int wrapping() const;
    [[nodiscard]] int heightOfText() const;
    void fitText();

    QString link_;  // not QAbstractButton's text, in which an ampersand would be a shortcut
    QString shown_; // of it
};

} // namespace loopscope
