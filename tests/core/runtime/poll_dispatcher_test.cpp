#include "core/runtime/poll_dispatcher.h"

#include <QAbstractEventDispatcher>
#include <QScopeGuard>
#include <QSocketNotifier>
#include <QTest>
#include <QThread>
#include <QTimer>

#include <array>
#include <atomic>
#include <chrono>
#include <ctime>
#include <mutex>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

using namespace loopscope;

namespace {

/// A thread with the dispatcher, and what it told of being busy.
class Loop {
public:
    Loop()
        : thread_(hooks())
    {
        object_.moveToThread(&thread_);
        thread_.start();
    }

    ~Loop()
    {
        thread_.quit();
        thread_.wait();
    }

    /// Runs `function` in the loop, and waits for it.
    template <typename Function>
    void call(Function function)
    {
        QMetaObject::invokeMethod(&object_, function, Qt::BlockingQueuedConnection);
    }

    [[nodiscard]] QObject *object() { return &object_; }
    [[nodiscard]] LoopThread &thread() { return thread_; }

    /// Makes the loop run `turns` turns of 1 ms or more each.
    void haveReady(int turns)
    {
        ready_ = turns;
        thread_.wakeForTask();
    }
    [[nodiscard]] int turnsLeft() const { return ready_; }

    [[nodiscard]] std::chrono::nanoseconds busyTime()
    {
        const std::scoped_lock lock(mutex_);
        return busy_;
    }

private:
    LoopHooks hooks()
    {
        LoopHooks hooks;
        hooks.started = [] {};
        hooks.hasReady = [this] { return ready_ > 0; };
        hooks.runTurn = [this] {
            QThread::msleep(1);
            --ready_;
        };
        hooks.becameBusy = [this] { since_ = std::chrono::steady_clock::now(); };
        hooks.becameIdle = [this] {
            const std::scoped_lock lock(mutex_);
            busy_ += std::chrono::steady_clock::now() - since_;
        };
        return hooks;
    }

    std::atomic<int> ready_{0};
    std::mutex mutex_; // guards busy_
    std::chrono::nanoseconds busy_{0};
    std::chrono::steady_clock::time_point since_;
    QObject object_;
    LoopThread thread_;
};

} // namespace

class PollDispatcherTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsTurnsAndPostedEvents()
    {
        Loop loop;
        int calls = 0;
        for (int i = 0; i < 100; ++i)
            loop.call([&calls] { ++calls; });
        QCOMPARE(calls, 100);
        loop.haveReady(5);
        QTRY_COMPARE_WITH_TIMEOUT(loop.turnsLeft(), 0, 30'000);
    }

    void timersFireAndEnd()
    {
        Loop loop;
        std::atomic<int> shots{0};
        loop.call([&] {
            auto *timer = new QTimer(loop.object());
            QObject::connect(timer, &QTimer::timeout, loop.object(), [&shots, timer] {
                if (++shots == 5)
                    timer->deleteLater();
            });
            timer->start(2);
        });
        QTRY_COMPARE_WITH_TIMEOUT(shots.load(), 5, 30'000);
        loop.call([&] { QVERIFY(QAbstractEventDispatcher::instance()->registeredTimers(loop.object()).isEmpty()); });
    }

    void aTimerMayEndAnotherThatIsDue()
    {
        Loop loop;
        std::atomic<int> shots{0};
        loop.call([&] {
            std::array<QTimer *, 2> timers{new QTimer(loop.object()), new QTimer(loop.object())};
            for (const std::size_t i : {std::size_t(0), std::size_t(1)}) {
                QTimer *other = timers[1 - i];
                QObject::connect(timers[i], &QTimer::timeout, loop.object(), [&shots, other, self = timers[i]] {
                    ++shots;
                    other->stop();
                    self->stop();
                });
                timers[i]->start(1);
            }
            QThread::msleep(20); // both are due now
        });
        QTRY_COMPARE_WITH_TIMEOUT(shots.load(), 1, 30'000);
        loop.call([] {});
        QCOMPARE(shots.load(), 1);
    }

    void socketsAreNotified()
    {
        Loop loop;
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        std::atomic<int> received{0};
        QSocketNotifier *notifier = nullptr;
        loop.call([&] {
            notifier = new QSocketNotifier(pipe[0], QSocketNotifier::Read, loop.object());
            QObject::connect(notifier, &QSocketNotifier::activated, loop.object(), [&] {
                char byte = 0;
                received += static_cast<int>(::read(pipe[0], &byte, 1));
            });
        });
        for (int i = 0; i < 10; ++i)
            QCOMPARE(::write(pipe[1], "x", 1), ssize_t(1));
        QTRY_COMPARE_WITH_TIMEOUT(received.load(), 10, 30'000);
        loop.call([&] { delete notifier; });
        ::close(pipe[0]);
        ::close(pipe[1]);
    }

    void aPollThatIsRefusedIsNoReasonToSpin()
    {
        Loop loop;
        std::array<int, 2> pipe{};
        QCOMPARE(::pipe(pipe.data()), 0);
        std::atomic<int> received{0};
        loop.call([&] {
            auto *notifier = new QSocketNotifier(pipe[0], QSocketNotifier::Read, loop.object());
            QObject::connect(notifier, &QSocketNotifier::activated, loop.object(), [&] {
                char byte = 0;
                received += static_cast<int>(::read(pipe[0], &byte, 1));
            });
        });
        rlimit usual{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &usual), 0);
        const rlimit one{1, usual.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &one), 0);
        loop.call([] {}); // from now on it polls with that limit
        const std::clock_t before = std::clock();
        QThread::msleep(200);
        const std::clock_t used = std::clock() - before;
        const ssize_t written = ::write(pipe[1], "x", 1);
        for (int ms = 0; ms < 30'000 && received == 0; ++ms)
            QThread::msleep(1);
        setrlimit(RLIMIT_NOFILE, &usual);
        loop.call([&] { qDeleteAll(loop.object()->children()); });
        ::close(pipe[0]);
        ::close(pipe[1]);
        QVERIFY2(used < CLOCKS_PER_SEC / 10, qPrintable(QString::number(used)));
        QCOMPARE(written, ssize_t(1));
        QCOMPARE(received.load(), 1);
    }

    // poll(2) refuses more entries than the process may have descriptors.
    void socketsAreWatchedInMoreWaysThanThereMayBeDescriptors()
    {
        Loop loop;
        constexpr std::size_t most = 200;
        std::array<std::array<int, 2>, most / 2 - 20> pipes{};
        for (auto &pipe : pipes)
            QCOMPARE(::pipe(pipe.data()), 0);
        rlimit usual{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &usual), 0);
        const rlimit low{most, usual.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &low), 0);
        std::atomic<int> received{0};
        loop.call([&] {
            for (const auto &pipe : pipes) {
                auto *notifier = new QSocketNotifier(pipe[0], QSocketNotifier::Read, loop.object());
                QObject::connect(notifier, &QSocketNotifier::activated, loop.object(), [&received, descriptor = pipe[0]] {
                    char byte = 0;
                    received += static_cast<int>(::read(descriptor, &byte, 1));
                });
                new QSocketNotifier(pipe[0], QSocketNotifier::Write, loop.object());
                new QSocketNotifier(pipe[0], QSocketNotifier::Exception, loop.object());
            }
        });
        for (const auto &pipe : pipes)
            QCOMPARE(::write(pipe[1], "x", 1), ssize_t(1));
        const auto restore = qScopeGuard([&] {
            setrlimit(RLIMIT_NOFILE, &usual);
            loop.call([&] { qDeleteAll(loop.object()->children()); });
            for (const auto &pipe : pipes) {
                ::close(pipe[0]);
                ::close(pipe[1]);
            }
        });
        QTRY_COMPARE_WITH_TIMEOUT(received.load(), static_cast<int>(pipes.size()), 30'000);
    }

    void quitsWhileIdle()
    {
        for (int i = 0; i < 50; ++i)
            const Loop loop;
    }

    // What awake and aboutToBlock do not tell.
    void busyTimeIsTheWorkOfEveryKind()
    {
        Loop loop;
        loop.call([] { QThread::msleep(60); });
        loop.call([&] { QTimer::singleShot(1, loop.object(), [] { QThread::msleep(60); }); });
        QThread::msleep(150);
        loop.haveReady(60);
        QTRY_COMPARE_WITH_TIMEOUT(loop.turnsLeft(), 0, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(loop.busyTime() >= std::chrono::milliseconds(179), 30'000);
        const auto busy = loop.busyTime();
        QThread::msleep(50);
        QCOMPARE(loop.busyTime().count(), busy.count()); // waiting is idle
    }

    void whatWasPostedBeforeTheEndIsDone()
    {
        Loop loop;
        bool isDone = false;
        loop.call([&] {
            QTimer::singleShot(1, loop.object(), [&] { // not among posted events: those are all taken in one go
                QMetaObject::invokeMethod(
                    loop.object(), [&isDone] { isDone = true; }, Qt::QueuedConnection);
                loop.thread().quit();
            });
        });
        QVERIFY(loop.thread().wait(30'000));
        QVERIFY(isDone);
    }

    void wakingALoopThatHasEndedIsHarmless()
    {
        Loop loop;
        loop.thread().quit();
        QVERIFY(loop.thread().wait(30'000));
        loop.thread().wakeForTask();
    }
};

QTEST_GUILESS_MAIN(PollDispatcherTest)
#include "poll_dispatcher_test.moc"
