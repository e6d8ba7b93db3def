#pragma once

#include "ui/theme/theme.h"

#include <QTimer>
#include <QWidget>

#include <array>
#include <cstdint>
#include <vector>

class QLabel;
class QToolButton;

namespace loopscope {

/// What may go on for long, and can be cancelled.
enum class Activity : std::uint8_t { Searching, Opening, Saving };

/// Tells a person things without asking for anything, each in a line of its own: what goes on, then failures, then news. It takes no room
/// while there is nothing to tell.
///
/// News go by themselves after some seconds, failures stay until they are closed. None replaces another; where there are too many to be
/// shown, the rest is counted, and follows as those before are closed. What appears is announced to screen readers.
class MessageBar : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t mostShown = 3;

    explicit MessageBar(QWidget *parent = nullptr);
    ~MessageBar() override;

    /// Texts are shown as plain text. What is told already is not told twice.
    void inform(const QString &sentence);
    void warn(const QString &sentence);
    /// Something goes on and can be cancelled; cancelled() tells. Stays until dismissProgress().
    void showProgress(Activity activity, const QString &sentence);
    void dismissProgress(Activity activity);
    /// All that is told, a line each, in the order in which it is shown; what cannot be shown yet too.
    [[nodiscard]] QString text() const;

Q_SIGNALS:
    void cancelled(loopscope::Activity activity);
    /// Something has appeared, and screen readers have been told so.
    void announced(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Message {
        QString sentence;
        bool isFailure = false;
        qint64 expiry = 0; ///< in ms of a monotonic clock; 0 is never
        bool isAnnounced = false;
    };
    struct Progress {
        QWidget *box;
        QLabel *label;
    };
    struct Row {
        QWidget *box;
        QLabel *label;
        QToolButton *close;
    };

    void tell(Message message);
    void addProgress(Activity activity);
    void addRow();
    void close(std::size_t index);
    void dropExpired();
    void showMessages();
    void announce(QLabel &label);
    void announceNew();
    void drawIcons();

    std::array<Progress, 3> progress_{}; // by Activity
    std::vector<Row> rows_;
    std::vector<Message> messages_; // failures first
    QTimer expiry_;
};

} // namespace loopscope
