#include "app/signal_watcher.h"

#include <QSocketNotifier>

#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <utility>

namespace loopscope {

namespace {

// A second signal this soon is an echo of the first, not a person: timeout(1) and some shells signal a program and its group.
constexpr std::int64_t echoNs = 300'000'000;

std::atomic<int> eventDescriptor = -1;
std::atomic<std::int64_t> firstSignalNs = 0; // on the monotonic clock; 0 is none yet

std::int64_t monotonicNs()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t(now.tv_sec) * 1'000'000'000 + now.tv_nsec;
}

// Calls only what is safe in a signal handler (signal-safety(7)).
void onSignal(int number)
{
    const int savedErrno = errno;
    const std::int64_t now = monotonicNs();
    std::int64_t first = 0;
    if (!firstSignalNs.compare_exchange_strong(first, now) && now - first > echoNs) {
        std::signal(number, SIG_DFL);
        std::raise(number); // takes effect when the handler returns
        return;
    }
    const std::uint64_t one = 1;
    // Nothing can be done about a failure here, and there is none while the counter is far from full.
    [[maybe_unused]] const ssize_t written = ::write(eventDescriptor, &one, sizeof one);
    errno = savedErrno;
}

struct TakenSignal {
    int number;
    struct sigaction before;
    bool isTaken = false;
};

std::array<TakenSignal, 2> takenSignals{TakenSignal{SIGINT, {}}, TakenSignal{SIGTERM, {}}};

void takeSignals()
{
    struct sigaction action { };
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    for (TakenSignal &taken : takenSignals) {
        const bool isIgnored = ::sigaction(taken.number, nullptr, &taken.before) == 0 && taken.before.sa_handler == SIG_IGN;
        taken.isTaken = !isIgnored && ::sigaction(taken.number, &action, nullptr) == 0;
    }
}

void giveSignalsBack()
{
    for (TakenSignal &taken : takenSignals) {
        if (std::exchange(taken.isTaken, false))
            ::sigaction(taken.number, &taken.before, nullptr);
    }
}

} // namespace

SignalWatcher::SignalWatcher()
{
    eventDescriptor = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (eventDescriptor >= 0)
        takeSignals();
}

SignalWatcher::~SignalWatcher()
{
    if (eventDescriptor < 0)
        return;
    giveSignalsBack();
    delete notifier_;
    ::close(eventDescriptor.exchange(-1));
}

std::optional<std::chrono::nanoseconds> SignalWatcher::sinceSignal()
{
    const std::int64_t first = firstSignalNs;
    return first == 0 ? std::nullopt : std::optional(std::chrono::nanoseconds(monotonicNs() - first));
}

bool SignalWatcher::isPictureGivenUp()
{
    constexpr std::chrono::milliseconds graceTime(500);
    const auto since = sinceSignal();
    return since && *since > graceTime;
}

int SignalWatcher::descriptor()
{
    return eventDescriptor;
}

void SignalWatcher::watch(QObject *context, std::function<void()> react)
{
    if (eventDescriptor < 0)
        return;
    connect(this, &SignalWatcher::signalled, context, std::move(react));
    if (notifier_)
        return;
    notifier_ = new QSocketNotifier(eventDescriptor, QSocketNotifier::Read, this);
    connect(notifier_, &QSocketNotifier::activated, this, [this] {
        std::uint64_t count = 0;
        if (::read(eventDescriptor, &count, sizeof count) > 0)
            Q_EMIT signalled();
    });
}

} // namespace loopscope
