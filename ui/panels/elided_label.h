#pragma once

#include <QWidget>

namespace loopscope {

/// One line of plain text that is cut with an ellipsis where it does not fit; the tool tip has all of it, the context menu copies it.
class ElidedLabel : public QWidget {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setText(const QString &text);
    /// What is left out; the middle at first.
    void setElideMode(Qt::TextElideMode mode) { elideMode_ = mode; }
    [[nodiscard]] const QString &text() const { return text_; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void copy() const;
    void updateToolTip();

    QString text_;
    Qt::TextElideMode elideMode_ = Qt::ElideMiddle;
};

} // namespace loopscope
