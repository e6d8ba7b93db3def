#pragma once

#include <QAbstractButton>

namespace loopscope {

/// A text that leads somewhere, in the accent's colour; cut with an ellipsis where it does not fit. Enter and Space press it.
class LinkButton : public QAbstractButton {
    Q_OBJECT

public:
    explicit LinkButton(QWidget *parent = nullptr);

    /// Plain text; its tool tip is the text where it is cut.
    void setLink(const QString &text);

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QString arrowedText() const;
    void updateToolTip();

    QString link_; // not QAbstractButton's text, in which an ampersand would be a shortcut
};

} // namespace loopscope
