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
///
/// While tasks become ready at a high rate, each waking the loop for itself would cost more than their work: then the loop naps for a
/// fraction of a millisecond, and takes all of them in one turn (as network drivers do: interrupt moderation, Linux's NAPI). A nap ends at
/// once when the workers have run out of jobs, and nothing else may end it but Qt's own events.
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
    /// Says that the loop has ended: it is not busy any more. The loop's thread.
    void loopEnded() { setBusy(false); }
    /// Says that a task has become ready: wakes a loop that sleeps, and lets one that naps nap. Any thread.
    void wakeForTask();
    /// Ends a nap. Any thread.
    void endNap();

private:
    struct Timer {
        QObject *object = nullptr;
        qint64 intervalMs = 0;
        Qt::TimerType type = Qt::CoarseTimer;
        QDeadlineTimer deadline;
    };

    enum class Rest : std::uint8_t {
        None,
        Nap,  ///< short, and not for tasks to end
        Sleep ///< until something happens
    };

    bool dispatchReady();
    bool rest(QEventLoop::ProcessEventsFlags flags);
    bool restFor(Rest rest, QEventLoop::ProcessEventsFlags flags);
    bool fireTimers();
    bool pollDescriptors(qint64 patienceNs, QEventLoop::ProcessEventsFlags flags);
    void writeWake();
    bool notify(const std::vector<pollfd> &polled);
    void setBusy(bool isBusy);
    [[nodiscard]] std::vector<pollfd> descriptors(QEventLoop::ProcessEventsFlags flags) const;
    [[nodiscard]] qint64 nanosecondsToNextTimer() const;

    LoopHooks hooks_;
    int wakeDescriptor_;
    std::atomic<bool> isWakePending_{false};
    std::atomic<bool> isInterrupted_{false};
    std::atomic<Rest> rest_{Rest::None};
    bool isRateHigh_ = false; // the last rest was ended soon by a task
    bool isBusy_ = false;
    std::map<int, Timer> timers_;
    // Of each descriptor: poll(2) takes no more entries than the process may have descriptors, and Qt watches one in up to three ways.
    std::map<int, std::vector<QSocketNotifier *>> notifiers_;
};

} // namespace loopscope
