#include "core/runtime/poll_dispatcher.h"

#include <QCoreApplication>
#include <QPointer>
#include <QSocketNotifier>
#include <QTimerEvent>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <thread>

#include <sys/eventfd.h>
#include <unistd.h>

namespace loopscope {

namespace {

// A nap is as long as two workers take for some 80 small files each, and delays a task no more than the system's own scheduling does. Its
// end costs some 100 µs on a virtual machine, for a timer and for the loop's taking a processor from a worker: with naps of 50 µs small
// files took a tenth longer, with 200 µs a fiftieth to a twentieth, and with 1 ms too, for then the workers run out of jobs first. A rest
// that a task ended within twice its time shows a rate that is worth a nap.
constexpr std::chrono::nanoseconds nap = std::chrono::microseconds(400);
constexpr std::chrono::nanoseconds longNap = 2 * nap;
constexpr std::chrono::nanoseconds blindNap = std::chrono::milliseconds(1);

short pollEvents(QSocketNotifier::Type type)
{
    constexpr std::array<short, 3> events = {POLLIN, POLLOUT, POLLPRI};
    return events[static_cast<std::size_t>(type)];
}

// An error or a hang-up is told to readers and writers, who find out by their call.
bool concerns(short happened, QSocketNotifier::Type type)
{
    const bool isBroken = (happened & (POLLERR | POLLHUP | POLLNVAL)) != 0 && type != QSocketNotifier::Exception;
    return isBroken || (happened & pollEvents(type)) != 0;
}

// For when poll(2) refuses so many descriptors, as it does when RLIMIT_NOFILE has fallen below their number.
void pollOneByOne(std::vector<pollfd> &polled, qint64 patienceNs)
{
    const auto patience = std::chrono::nanoseconds(patienceNs < 0 ? blindNap.count() : patienceNs);
    std::this_thread::sleep_for(std::min<std::chrono::nanoseconds>(patience, blindNap));
    for (pollfd &descriptor : polled) {
        if (::poll(&descriptor, 1, 0) < 0)
            descriptor.revents = 0;
    }
}

} // namespace

PollDispatcher::PollDispatcher(LoopHooks hooks)
    : hooks_(std::move(hooks))
    , wakeDescriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
{
}

PollDispatcher::~PollDispatcher()
{
    close(wakeDescriptor_);
}

void PollDispatcher::setBusy(bool isBusy)
{
    if (isBusy_ == isBusy)
        return;
    isBusy_ = isBusy;
    if (isBusy)
        hooks_.becameBusy();
    else
        hooks_.becameIdle();
}

bool PollDispatcher::processEvents(QEventLoop::ProcessEventsFlags flags)
{
    isInterrupted_ = false;
    bool didSomething = dispatchReady();
    const bool mayRest = !didSomething && flags.testFlag(QEventLoop::WaitForMoreEvents) && !isInterrupted_;
    if (mayRest) {
        didSomething |= rest(flags);
        didSomething |= dispatchReady();
    } else if (!notifiers_.empty()) {
        didSomething |= pollDescriptors(0, flags);
    }
    return didSomething;
}

bool PollDispatcher::rest(QEventLoop::ProcessEventsFlags flags)
{
    setBusy(false);
    Q_EMIT aboutToBlock();
    bool didSomething = false;
    if (isRateHigh_) {
        didSomething = restFor(Rest::Nap, flags);
        isRateHigh_ = hooks_.hasReady();
    }
    if (!didSomething && !isRateHigh_) {
        const QDeadlineTimer soon(longNap, Qt::PreciseTimer);
        didSomething = restFor(Rest::Sleep, flags);
        isRateHigh_ = !soon.hasExpired() && hooks_.hasReady();
    }
    Q_EMIT awake();
    return didSomething;
}

bool PollDispatcher::restFor(Rest rest, QEventLoop::ProcessEventsFlags flags)
{
    rest_ = rest; // before it looks whether there is a reason not to: whoever comes later sees it
    bool didSomething = false;
    if (!isWakePending_ && !hooks_.hasReady()) {
        const qint64 toTimer = nanosecondsToNextTimer();
        const bool isBounded = rest == Rest::Nap && (toTimer < 0 || toTimer > nap.count());
        didSomething = pollDescriptors(isBounded ? nap.count() : toTimer, flags);
    }
    rest_ = Rest::None;
    return didSomething;
}

bool PollDispatcher::dispatchReady()
{
    bool didSomething = false;
    if (isWakePending_.exchange(false)) {
        setBusy(true);
        QCoreApplication::sendPostedEvents();
        didSomething = true;
    }
    if (hooks_.hasReady()) {
        setBusy(true);
        hooks_.runTurn();
        didSomething = true;
    }
    didSomething |= fireTimers();
    return didSomething;
}

bool PollDispatcher::fireTimers()
{
    std::vector<int> due;
    for (const auto &[id, timer] : timers_) {
        if (timer.deadline.hasExpired())
            due.push_back(id);
    }
    for (const int id : due) {
        const auto timer = timers_.find(id); // an earlier one's receiver may have ended it
        if (timer == timers_.end())
            continue;
        setBusy(true);
        timer->second.deadline.setRemainingTime(timer->second.intervalMs, timer->second.type);
        QTimerEvent event(id);
        QCoreApplication::sendEvent(timer->second.object, &event);
    }
    return !due.empty();
}

std::vector<pollfd> PollDispatcher::descriptors(QEventLoop::ProcessEventsFlags flags) const
{
    std::vector<pollfd> polled{{wakeDescriptor_, POLLIN, 0}};
    if (flags.testFlag(QEventLoop::ExcludeSocketNotifiers))
        return polled;
    for (const auto &[descriptor, notifiers] : notifiers_) {
        short events = 0;
        for (const QSocketNotifier *notifier : notifiers)
            events = static_cast<short>(events | pollEvents(notifier->type()));
        polled.push_back({descriptor, events, 0});
    }
    return polled;
}

qint64 PollDispatcher::nanosecondsToNextTimer() const
{
    qint64 soonest = -1;
    for (const auto &[id, timer] : timers_) {
        const qint64 left = timer.deadline.remainingTimeNSecs();
        soonest = soonest < 0 ? left : std::min(soonest, left);
    }
    return soonest;
}

// Waits so long at most, and without an end if it is negative.
bool PollDispatcher::pollDescriptors(qint64 patienceNs, QEventLoop::ProcessEventsFlags flags)
{
    std::vector<pollfd> polled = descriptors(flags);
    const timespec timeout{patienceNs / 1'000'000'000, patienceNs % 1'000'000'000};
    const int count = ppoll(polled.data(), polled.size(), patienceNs < 0 ? nullptr : &timeout, nullptr);
    if (count < 0 && errno != EINTR)
        pollOneByOne(polled, patienceNs);
    else if (count <= 0)
        return false; // nothing, or a signal
    if (polled.front().revents != 0) {
        std::uint64_t wakes = 0;
        if (read(wakeDescriptor_, &wakes, sizeof wakes) < 0 && errno != EAGAIN)
            qWarning("loopscope: cannot read the event loop's wake descriptor: %s", std::strerror(errno));
    }
    return notify(polled);
}

bool PollDispatcher::notify(const std::vector<pollfd> &polled)
{
    std::vector<std::pair<int, QSocketNotifier *>> concerned;
    for (const pollfd &descriptor : polled) {
        const auto notifiers = descriptor.revents != 0 ? notifiers_.find(descriptor.fd) : notifiers_.end();
        if (notifiers == notifiers_.end())
            continue;
        for (QSocketNotifier *notifier : notifiers->second) {
            if (concerns(descriptor.revents, notifier->type()))
                concerned.emplace_back(descriptor.fd, notifier);
        }
    }
    for (const auto &[descriptor, notifier] : concerned) {
        const auto notifiers = notifiers_.find(descriptor);
        if (notifiers == notifiers_.end() || std::ranges::find(notifiers->second, notifier) == notifiers->second.end())
            continue; // an earlier one's receiver ended it
        setBusy(true);
        QEvent event(QEvent::SockAct);
        QCoreApplication::sendEvent(notifier, &event);
    }
    return !concerned.empty();
}

void PollDispatcher::registerSocketNotifier(QSocketNotifier *notifier)
{
    notifiers_[static_cast<int>(notifier->socket())].push_back(notifier);
}

void PollDispatcher::unregisterSocketNotifier(QSocketNotifier *notifier)
{
    const auto notifiers = notifiers_.find(static_cast<int>(notifier->socket()));
    if (notifiers == notifiers_.end())
        return;
    std::erase(notifiers->second, notifier);
    if (notifiers->second.empty())
        notifiers_.erase(notifiers);
}

void PollDispatcher::registerTimer(int timerId, qint64 interval, Qt::TimerType timerType, QObject *object)
{
    timers_[timerId] = {object, interval, timerType, QDeadlineTimer(interval, timerType)};
}

bool PollDispatcher::unregisterTimer(int timerId)
{
    return timers_.erase(timerId) > 0;
}

bool PollDispatcher::unregisterTimers(QObject *object)
{
    return std::erase_if(timers_, [object](const auto &timer) { return timer.second.object == object; }) > 0;
}

QList<QAbstractEventDispatcher::TimerInfo> PollDispatcher::registeredTimers(QObject *object) const
{
    QList<TimerInfo> infos;
    for (const auto &[id, timer] : timers_) {
        if (timer.object == object)
            infos.append(TimerInfo(id, static_cast<int>(timer.intervalMs), timer.type));
    }
    return infos;
}

int PollDispatcher::remainingTime(int timerId)
{
    const auto timer = timers_.find(timerId);
    return timer == timers_.end() ? -1 : static_cast<int>(timer->second.deadline.remainingTime());
}

void PollDispatcher::writeWake()
{
    const std::uint64_t one = 1;
    // A full counter would be readable just the same.
    [[maybe_unused]] const auto written = write(wakeDescriptor_, &one, sizeof one);
}

void PollDispatcher::wakeUp()
{
    if (!isWakePending_.exchange(true) && rest_ != Rest::None)
        writeWake();
}

void PollDispatcher::wakeForTask()
{
    if (rest_ == Rest::Sleep)
        writeWake();
}

void PollDispatcher::endNap()
{
    if (rest_ == Rest::Nap)
        writeWake();
}

void PollDispatcher::interrupt()
{
    isInterrupted_ = true;
    wakeUp();
}

} // namespace loopscope
