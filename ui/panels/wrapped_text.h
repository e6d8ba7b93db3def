#pragma once

#include <QTextEdit>

namespace loopscope {

/// Plain text that is wrapped wherever it must be, even within a word, and is as high as that takes: a label whose text can be selected and
/// copied, and that never asks for more width than it has.
class WrappedText : public QTextEdit {
    Q_OBJECT

public:
    explicit WrappedText(QWidget *parent = nullptr);

    /// Plain text in `color`.
    void setColoredText(const QString &text, const QColor &color);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void fitHeight();

    bool hasVisibleFocus_ = false;
};

} // namespace loopscope
