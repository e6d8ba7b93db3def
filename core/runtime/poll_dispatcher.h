#pragma once

#include "core/runtime/loop_thread.h"

#include <QAbstractEventDispatcher>
#include <QDeadlineTimer>

#include <atomic>
#include <map>
#include <vector>

#include <poll.h>

namespace loopscope {

/// Qt's events on poll(2), and the tasks' turns between them.
///
/// A dispatcher of our own, because only it knows when the loop calls back and when it waits: with 250 ms of work in 500 ms, the signals
/// `awake` and `aboutToBlock` of the glib dispatcher account for none of it, and those of the UNIX one for none of the timers'. It also
/// costs less a wake.
class PollDispatcher final : public QAbstractEventDispatcher {
    Q_OBJECT

public:
    explicit PollDispatcher(LoopHooks hooks);
    ~PollDispatcher() override;
    /// Whether the system had a descriptor for it. Without, it must not run.
    [[nodiscard]] bool isOpen() const { return wakeDescriptor_ >= 0; }

    bool processEvents(QEventLoop::ProcessEventsFlags flags) override;

    void registerSocketNotifier(QSocketNotifier *notifier) override;
    void unregisterSocketNotifier(QSocketNotifier *notifier) override;

    void registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object) override;
    bool unregisterTimer(int timerId) override;
    bool unregisterTimers(QObject *object) override;
    QList<TimerInfo> registeredTimers(QObject *object) const override;
    int remainingTime(int timerId) override;

    void wakeUp() override;
    void interrupt() override;

private:
    struct Timer {
        QObject *object = nullptr;
        qint64 intervalMs = 0;
        Qt::TimerType type = Qt::CoarseTimer;
        QDeadlineTimer deadline;
    };

    bool dispatchReady();
    bool fireTimers();
    bool pollDescriptors(bool mayBlock, QEventLoop::ProcessEventsFlags flags);
    bool notify(const std::vector<pollfd> &polled);
    void setBusy(bool isBusy);
    [[nodiscard]] std::vector<pollfd> descriptors(QEventLoop::ProcessEventsFlags flags) const;
    [[nodiscard]] qint64 nanosecondsToNextTimer() const;

    LoopHooks hooks_;
    int wakeDescriptor_;
    std::atomic<bool> isWakePending_{false};
    std::atomic<bool> isInterrupted_{false};
    bool isBusy_ = false;
    std::map<int, Timer> timers_;
    std::vector<QSocketNotifier *> notifiers_;
};

} // namespace loopscope
