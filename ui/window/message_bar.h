#pragma once

#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QToolButton;

namespace loopscope {

/// Tells a person something without asking for anything: a line over the lower edge of its parent, which does not move what is under it.
///
/// News go by themselves after some seconds, failures stay until they are closed or something else is told.
class MessageBar : public QWidget {
    Q_OBJECT

public:
    /// `parent` is covered; the bar stays at its lower edge.
    explicit MessageBar(QWidget *parent);

    /// Texts are shown as plain text.
    void inform(const QString &sentence);
    void warn(const QString &sentence);
    /// Something that goes on and can be cancelled; cancelled() tells. Stays until dismiss() or another message.
    void showProgress(const QString &sentence);
    /// Hides what showProgress() told, and nothing else.
    void dismissProgress();
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void cancelled();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Kind { News, Failure, Progress };
    void tell(Kind kind, const QString &sentence);
    void place();

    QLabel *label_;
    QPushButton *cancel_;
    QToolButton *close_;
    QTimer expiry_;
    Kind kind_ = Kind::News;
};

} // namespace loopscope
