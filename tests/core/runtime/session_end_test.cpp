#include "core/runtime/runtime.h"
#include "core/runtime/session.h"
#include "tests/support/session_run.h"

#include <QTest>

#include <filesystem>
#include <stdexcept>
#include <thread>

// How runs end that do not simply come to their end.

using namespace loopscope;
using namespace loopscope::test;
using namespace std::chrono_literals;

namespace {

// A callback that ends by itself after so long stands for one that never does: long enough that no machine is so slow.
constexpr auto forEver = 20s;

QCoro::Task<TaskResult> holdLoopUnmarked(Runtime &, std::chrono::nanoseconds duration)
{
    std::this_thread::sleep_for(duration);
    co_return TaskResult::done({});
}

QCoro::Task<TaskResult> holdLoopMarked(Runtime &runtime, std::chrono::nanoseconds duration)
{
    const auto job = [duration](const std::stop_token &) { std::this_thread::sleep_for(duration); };
    runtime.blockLoop(job, "deaf");
    co_return TaskResult::done({});
}

QCoro::Task<TaskResult> manyShortBlocks(Runtime &runtime)
{
    const auto job = [](const std::stop_token &) { std::this_thread::sleep_for(1ms); };
    while (!runtime.stopToken().stop_requested()) {
        runtime.blockLoop(job, "short");
        const auto paused = co_await runtime.sleep(0s, "pause");
        if (!paused)
            break;
    }
    runtime.blockLoop(job, "clean up");
    co_return TaskResult::cancelled("cleaned up");
}

QCoro::Task<TaskResult> blockUntilStopped(Runtime &runtime)
{
    const auto job = [](const std::stop_token &stop) {
        while (!stop.stop_requested())
            std::this_thread::sleep_for(1ms);
    };
    runtime.blockLoop(job, "time.sleep");
    co_return TaskResult::done("woke up");
}

QCoro::Task<TaskResult> sleeper(Runtime &runtime)
{
    const auto slept = co_await runtime.sleep(1h, "timer");
    co_return slept ? TaskResult::done({}) : TaskResult::cancelled();
}

QCoro::Task<int> inner(Runtime &runtime)
{
    const auto first = co_await runtime.sleep(1ms, "inner");
    const auto second = co_await runtime.sleep(1ms, "inner again");
    co_return first &&second ? 7 : 0;
}

QCoro::Task<TaskResult> tracesItsInner(Runtime &runtime)
{
    auto traceable = traced(inner(runtime), "outer");
    const auto seven = co_await traceable;
    if (!seven)
        co_return TaskResult::cancelled();
    co_return TaskResult::done(std::to_string(*seven));
}

} // namespace

class SessionEndTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLoopHeldByOneCallbackIsGivenUp_data()
    {
        QTest::addColumn<bool>("isMarked");
        QTest::newRow("marked") << true;
        QTest::newRow("unmarked") << false;
    }

    void aLoopHeldByOneCallbackIsGivenUp()
    {
        QFETCH(bool, isMarked);
        Session session({});
        session.start([isMarked](Runtime &runtime) {
            runtime.spawn({"deaf", "x"}, isMarked ? holdLoopMarked : holdLoopUnmarked, forEver);
        });
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->loop().isOpen() && session.trace()->tasks().size() == 1, 30'000);
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->lane(session.trace()->tasks().front()).open()->state != State::Ready, 30'000);
        QElapsedTimer sinceStop;
        sinceStop.start();
        session.stop();
        QVERIFY(waitForEnd(session));
        QVERIFY(sinceStop.elapsed() < std::chrono::milliseconds(forEver).count() / 2); // it did not wait for the callback
        const TaskFacts &facts = session.trace()->lane(session.trace()->tasks().front()).task;
        QCOMPARE(facts.outcome, Outcome::Cancelled);
        QCOMPARE(session.trace()->name(facts.note), std::string("the loop did not answer: the task was abandoned"));
    }

    // Whoever looks now and then finds such a loop blocked every time.
    void aLoopThatGoesFromOneShortBlockToTheNextIsNotGivenUp()
    {
        Session session({});
        session.start([](Runtime &runtime) {
            for (int i = 0; i < 100; ++i)
                runtime.spawn({"busy", "x"}, manyShortBlocks);
        });
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->spanCount() > 1000, 30'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        QCOMPARE(session.trace()->info().notes, std::vector<std::string>{});
        for (const LaneId task : session.trace()->tasks())
            QCOMPARE(session.trace()->name(session.trace()->lane(task).task.note), std::string("cleaned up"));
    }

    void manyTasksAreStopped()
    {
        constexpr std::size_t tasks = 20'000;
        Session session({});
        session.start([](Runtime &runtime) {
            for (std::size_t i = 0; i < tasks; ++i)
                runtime.spawn({"t", "timer"}, sleeper);
        });
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->tasks().size() == tasks, 30'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        QCOMPARE(session.trace()->totals()[Outcome::Cancelled], tasks);
        QCOMPARE(session.trace()->info().notes, std::vector<std::string>{});
    }

    void aTimeoutReachesATaskThatBlocksTheLoop()
    {
        const auto trace = runToEnd({}, [](Runtime &runtime) {
            TaskOptions options{"late", "sleep"};
            options.timeout = 20 * nanosecondsPerMillisecond;
            runtime.spawn(options, blockUntilStopped);
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        const TaskFacts &facts = trace->lane(trace->tasks().front()).task;
        QCOMPARE(facts.outcome, Outcome::Failed);
        QCOMPARE(trace->name(facts.error), std::string("timed out after 0.02 s"));
    }

    void workThatThrowsIsNoted()
    {
        const auto trace = runToEnd({}, [](Runtime &) { throw std::runtime_error("no such thing"); });
        QVERIFY(trace);
        QCOMPARE(trace->info().notes, std::vector<std::string>{"the work could not be handed out: no such thing"});
    }

    // A coroutine that began before it was awaited has a wait of its own, which tells what the task waits for.
    void aTracedCoroutineMayAwaitByItself()
    {
        const auto trace = runToEnd({}, [](Runtime &runtime) { runtime.spawn({"outer", "x"}, tracesItsInner); });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        const LaneId task = trace->tasks().front();
        QCOMPARE(trace->name(trace->lane(task).task.result), std::string("7"));
        std::vector<std::string> reasons;
        for (const Span &span : spansOf(*trace, task)) {
            if (span.state == State::Awaiting)
                reasons.push_back(trace->reason(span.site));
        }
        QCOMPARE(reasons, (std::vector<std::string>{"inner", "inner again"}));
    }

    void aTracedCoroutineIsCancelledWithItsTask()
    {
        Session session({});
        session.start([](Runtime &runtime) {
            auto outer = [](Runtime &own) -> QCoro::Task<TaskResult> {
                auto traceable = traced(sleeper(own), "outer");
                const auto result = co_await traceable;
                co_return result ? TaskResult::done({}) : TaskResult::cancelled();
            };
            runtime.spawn({"outer", "x"}, outer);
        });
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->spanCount() > 2, 30'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
    }

    void threadsOfAbandonedRunsEndAtLast()
    {
        const auto deafJob = [](Runtime &runtime) -> QCoro::Task<TaskResult> {
            const auto job = [](const std::stop_token &) { std::this_thread::sleep_for(1500ms); };
            const auto done = co_await runtime.runBlocking(job, "deaf");
            co_return done ? TaskResult::done({}) : TaskResult::cancelled();
        };
        const auto threads = [] { return std::distance(std::filesystem::directory_iterator("/proc/self/task"), {}); };
        const auto before = threads();
        for (int i = 0; i < 5; ++i) {
            Session session({});
            session.start([deafJob](Runtime &runtime) { runtime.spawn({"deaf", "x"}, deafJob); });
            QTRY_VERIFY_WITH_TIMEOUT(session.trace()->lane(1).isOpen(), 30'000);
            session.stop();
            QVERIFY(waitForEnd(session));
            QVERIFY(!session.trace()->info().notes.empty());
        }
        QThread::sleep(2);
        QVERIFY(runToEnd({}, [](Runtime &) {}));
        QTRY_VERIFY_WITH_TIMEOUT(threads() <= before + 1, 30'000);
    }
};

QTEST_GUILESS_MAIN(SessionEndTest)
#include "session_end_test.moc"
