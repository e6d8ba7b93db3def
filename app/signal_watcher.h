#pragma once

#include <QObject>

#include <functional>

class QSocketNotifier;

namespace loopscope {

/// Turns SIGINT and SIGTERM into a call on the event loop. One may exist at a time; it takes over the process's handlers for its life.
///
/// A second signal ends the process at once, for a person who presses Ctrl+C twice means it.
class SignalWatcher : public QObject {
    Q_OBJECT

public:
    SignalWatcher();
    ~SignalWatcher() override;

    /// Calls `react` on this thread once a signal has come, even if it came before. Needs a QCoreApplication.
    void watch(QObject *context, std::function<void()> react);

Q_SIGNALS:
    void signalled();

private:
    QSocketNotifier *notifier_ = nullptr;
};

} // namespace loopscope
