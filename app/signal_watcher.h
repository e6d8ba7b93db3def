#pragma once

#include <QObject>

#include <chrono>
#include <functional>
#include <optional>

class QSocketNotifier;

namespace loopscope {

/// Takes note of SIGINT and SIGTERM, and turns them into a call on the event loop. One may exist at a time; it takes over the process's
/// handlers for its life, but for a signal that the caller of the program had it ignore: that is none of its business.
///
/// A second signal ends the process at once, for a person who presses Ctrl+C twice means it.
class SignalWatcher : public QObject {
    Q_OBJECT

public:
    /// Needs no QCoreApplication: make it first.
    SignalWatcher();
    ~SignalWatcher() override;

    /// Calls `react` on this thread once a signal has come, even if it came before. Needs a QCoreApplication.
    void watch(QObject *context, std::function<void()> react);

    /// How long ago the first signal came; nothing if none has. For work that no event loop interrupts. Any thread.
    [[nodiscard]] static std::optional<std::chrono::nanoseconds> sinceSignal();
    /// Whether a picture that is not ready is given up: it may take half a second more after a signal. Any thread.
    [[nodiscard]] static bool isPictureGivenUp();
    /// Becomes readable, for poll(2), when the first signal comes; -1 if nobody watches.
    [[nodiscard]] static int descriptor();

Q_SIGNALS:
    void signalled();

private:
    QSocketNotifier *notifier_ = nullptr;
};

} // namespace loopscope
