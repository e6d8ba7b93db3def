#include "core/runtime/runtime.h"
#include "core/runtime/session.h"
#include "tests/support/session_run.h"

#include <QCoroFuture>
#include <QCoroTimer>
#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QtConcurrentRun>

#include <condition_variable>
#include <future>
#include <mutex>
#include <stdexcept>
#include <stop_token>

using namespace loopscope;
using namespace loopscope::test;
using namespace std::chrono_literals;

namespace {

/// Really blocks its thread, until the time is over or a stop is asked for.
struct Sleep {
    std::chrono::nanoseconds duration;

    std::string operator()(std::stop_token stop) const
    {
        std::mutex mutex;
        std::unique_lock lock(mutex);
        std::condition_variable_any never;
        never.wait_for(lock, stop, duration, [] { return false; });
        return "Finished sleeping";
    }
};

/// As a read from a dead file server: does not look at the stop token, and comes back when the test lets it.
struct DeafWait {
    std::shared_future<void> release;

    int operator()(const std::stop_token &) const
    {
        release.wait_for(30s); // even where the test has failed
        return 0;
    }
};

QCoro::Task<TaskResult> sleepOnPool(Runtime &runtime, std::chrono::nanoseconds duration)
{
    const Sleep job{duration};
    auto slept = co_await runtime.runBlocking(job, "sleep");
    if (!slept || runtime.stopToken().stop_requested())
        co_return TaskResult::cancelled();
    co_return TaskResult::done(*slept);
}

QCoro::Task<TaskResult> sleepOnLoop(Runtime &runtime, std::chrono::nanoseconds duration)
{
    const Sleep job{duration};
    std::string slept = runtime.blockLoop(job, "time.sleep");
    if (runtime.stopToken().stop_requested())
        co_return TaskResult::cancelled();
    co_return TaskResult::done(slept);
}

QCoro::Task<TaskResult> waitDeafly(Runtime &runtime, DeafWait job)
{
    auto slept = co_await runtime.runBlocking(job, "deaf");
    if (slept)
        co_return TaskResult::done("woke up");
    std::string note;
    if (slept.error().abandoned)
        note = "abandoned";
    co_return TaskResult::cancelled(note);
}

QCoro::Task<TaskResult> timer(Runtime &runtime, std::chrono::nanoseconds duration)
{
    const auto slept = co_await runtime.sleep(duration, "timer");
    if (!slept)
        co_return TaskResult::cancelled();
    co_return TaskResult::done("ticked");
}

QCoro::Task<TaskResult> parentOf(Runtime &runtime, int children, std::chrono::milliseconds interval)
{
    std::vector<TaskHandle> tasks;
    for (int i = 0; i < children; ++i)
        tasks.push_back(runtime.spawn({"child " + std::to_string(i), "timer"}, timer, std::chrono::nanoseconds(i * interval)));
    const auto gathered = co_await runtime.gather(tasks, "gather");
    if (!gathered)
        co_return TaskResult::cancelled();
    co_return TaskResult::done("gathered");
}

QCoro::Task<TaskResult> holdLoop(Runtime &runtime, DeafWait held)
{
    runtime.blockLoop(held, "held");
    co_return TaskResult::done("let go");
}

// When its children are about to begin, the loop is held.
QCoro::Task<TaskResult> parentBehindHolder(Runtime &runtime, DeafWait held)
{
    static_cast<void>(runtime.spawn({"holder", "x"}, holdLoop, held));
    auto children = parentOf(runtime, 3, 1ms);
    co_return co_await children;
}

QCoro::Task<TaskResult> throwing(Runtime &runtime)
{
    const auto slept = co_await runtime.sleep(1ms, "timer");
    if (slept)
        throw std::runtime_error("the disk is on fire");
    co_return TaskResult::cancelled();
}

QCoro::Task<TaskResult> throwingJob(Runtime &runtime)
{
    auto job = [](const std::stop_token &) -> int { throw std::runtime_error("the job failed"); };
    const auto result = co_await runtime.runBlocking(job, "job");
    co_return TaskResult::done(std::to_string(result.value_or(0)));
}

QCoro::Task<TaskResult> slotUser(Runtime &runtime)
{
    auto slot = co_await runtime.fileSlots().acquire("slot");
    if (!slot)
        co_return TaskResult::cancelled();
    const auto slept = co_await runtime.sleep(2ms, "timer");
    if (!slept)
        co_return TaskResult::cancelled();
    co_return TaskResult::done({});
}

QCoro::Task<TaskResult> futureUser(Runtime &)
{
    auto job = [] { return 42; };
    QFuture<int> future = QtConcurrent::run(job);
    auto traceable = traced(std::move(future), "future");
    const auto answer = co_await traceable;
    if (!answer)
        co_return TaskResult::cancelled();
    co_return TaskResult::done(std::to_string(*answer));
}

QCoro::Task<TaskResult> neverReady(Runtime &)
{
    QPromise<int> promise;
    promise.start();
    auto traceable = traced(promise.future(), "never");
    const auto answer = co_await traceable;
    promise.addResult(1);
    promise.finish();
    if (!answer)
        co_return TaskResult::cancelled();
    co_return TaskResult::done("?");
}

QCoro::Task<int> innerCoroutine(Runtime &runtime)
{
    const auto slept = co_await runtime.sleep(1ms, "inner");
    co_return slept ? 7 : 0;
}

QCoro::Task<TaskResult> callsCoroutine(Runtime &runtime)
{
    auto inner = innerCoroutine(runtime);
    const int seven = co_await inner;
    co_return TaskResult::done(std::to_string(seven));
}

QCoro::Task<TaskResult> qtTimerUser(Runtime &)
{
    auto slept = traced(QCoro::sleepFor(5ms), "QTimer");
    const auto result = co_await slept;
    if (!result)
        co_return TaskResult::cancelled();
    co_return TaskResult::done({});
}

SessionSettings withWorkers(int workers)
{
    SessionSettings settings;
    settings.workers = workers;
    return settings;
}

Nanoseconds timeIn(const Trace &trace, LaneId task, State state)
{
    return trace.times(task)[state];
}

} // namespace

class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPoolOfThreeQueuesTheOthers()
    {
        const auto trace = runToEnd(withWorkers(3), [](Runtime &runtime) {
            for (int i = 0; i < 6; ++i)
                runtime.spawn({"sync " + std::to_string(i), "sleep"}, sleepOnPool, std::chrono::nanoseconds(100ms));
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->tasks().size(), std::size_t(6));
        for (const LaneId task : trace->tasks()) {
            QCOMPARE(trace->name(trace->lane(task).task.result), std::string("Finished sleeping"));
            QVERIFY(timeIn(*trace, task, State::InWorker) >= Nanoseconds(100'000'000));
        }
        QCOMPARE(trace->workers().size(), std::size_t(3));
        // Whatever the machine's load: who does not come first on a worker waits in the queue until the one before has left it.
        int followers = 0;
        for (const LaneId worker : trace->workers()) {
            const auto jobs = spansOf(*trace, worker);
            for (std::size_t i = 1; i < jobs.size(); ++i) {
                ++followers;
                QVERIFY(jobs[i].begin >= jobs[i - 1].end);
                const auto spans = spansOf(*trace, jobs[i].peer);
                QVERIFY(
                    std::ranges::any_of(spans, [&](const Span &span) { return span.state == State::Queued && span.end == jobs[i].begin; }));
            }
        }
        QVERIFY(followers >= 3);
    }

    void aBlockedLoopKeepsOthersReady()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &runtime) {
            runtime.spawn({"ticker", "timer"}, timer, std::chrono::nanoseconds(50ms));
            runtime.spawn({"blocker", "sleep"}, sleepOnLoop, std::chrono::nanoseconds(300ms));
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        const LaneId ticker = taskNamed(*trace, "ticker");
        QVERIFY(timeIn(*trace, ticker, State::Ready) >= 200'000'000);
        QVERIFY(timeIn(*trace, taskNamed(*trace, "blocker"), State::Blocking) >= 300'000'000);
        QVERIFY(trace->times(loopLaneId)[State::Blocking] >= 300'000'000);
    }

    void readinessIsSeenWhileTheLoopIsBlocked()
    {
        Session session(withWorkers(1));
        session.start([](Runtime &runtime) {
            runtime.spawn({"ticker", "timer"}, timer, std::chrono::nanoseconds(20ms));
            runtime.spawn({"blocker", "sleep"}, sleepOnLoop, std::chrono::nanoseconds(30s));
        });
        const auto isOpenIn = [&](const char *name, State state) {
            const LaneId task = taskNamed(*session.trace(), name);
            return task != noLane && session.trace()->lane(task).isOpen() && session.trace()->lane(task).open()->state == state;
        };
        QTRY_VERIFY_WITH_TIMEOUT(isOpenIn("blocker", State::Blocking) && isOpenIn("ticker", State::Ready), 20'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
    }

    void tasksExistBeforeTheFirstRuns()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &runtime) {
            for (int i = 0; i < 100; ++i)
                runtime.spawn({"t", "timer"}, timer, 0ns);
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        Nanoseconds lastCreated = 0;
        Nanoseconds firstRun = INT64_MAX;
        for (const LaneId task : trace->tasks()) {
            lastCreated = std::max(lastCreated, trace->lane(task).begin);
            QCOMPARE(trace->span(task, 0).state, State::Ready);
            for (const Span &span : spansOf(*trace, task)) {
                if (span.state == State::Running)
                    firstRun = std::min(firstRun, span.begin);
            }
        }
        QVERIFY(lastCreated <= firstRun);
    }

    void aParentIsWokenByItsLastChild()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &runtime) { runtime.spawn({"parent", "parent"}, parentOf, 5, 1ms); });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        const LaneId parent = taskNamed(*trace, "parent");
        const LaneId last = taskNamed(*trace, "child 4");
        QCOMPARE(trace->name(trace->lane(parent).task.result), std::string("gathered"));
        QCOMPARE(trace->lane(last).task.parent, parent);
        QVERIFY(std::ranges::any_of(trace->wakes(), [&](const Wake &wake) { return wake.from == last && wake.to == parent; }));
        QVERIFY(std::ranges::any_of(trace->wakes(), [&](const Wake &wake) { return wake.from == parent && wake.to == last; }));
    }

    void exceptionsBecomeFailures()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &runtime) {
            runtime.spawn({"body", "x"}, throwing);
            runtime.spawn({"job", "x"}, throwingJob);
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->lane(taskNamed(*trace, "body")).task.outcome, Outcome::Failed);
        QCOMPARE(trace->name(trace->lane(taskNamed(*trace, "body")).task.error), std::string("the disk is on fire"));
        QCOMPARE(trace->name(trace->lane(taskNamed(*trace, "job")).task.error), std::string("the job failed"));
    }

    void slotsBoundWhatIsInFlight()
    {
        SessionSettings settings = withWorkers(1);
        settings.inFlight = 3;
        const auto trace = runToEnd(settings, [](Runtime &runtime) {
            for (int i = 0; i < 20; ++i)
                runtime.spawn({"t", "x"}, slotUser);
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        std::vector<std::pair<Nanoseconds, int>> edges;
        int waited = 0;
        for (const LaneId task : trace->tasks()) {
            QCOMPARE(trace->lane(task).task.outcome, Outcome::Done);
            for (const Span &span : spansOf(*trace, task)) {
                if (span.state != State::Awaiting)
                    continue;
                if (trace->reason(span.site) == "slot") {
                    ++waited;
                } else {
                    edges.emplace_back(span.begin, 1);
                    edges.emplace_back(span.end, -1);
                }
            }
        }
        std::ranges::sort(edges);
        int now = 0;
        for (const auto &[at, step] : edges) {
            now += step;
            QVERIFY(now <= 3);
        }
        QCOMPARE(waited, 17);
    }

    void foreignAwaitablesAreTraced()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &runtime) {
            runtime.spawn({"future", "x"}, futureUser);
            runtime.spawn({"inner", "x"}, callsCoroutine);
            runtime.spawn({"qtimer", "x"}, qtTimerUser);
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->name(trace->lane(taskNamed(*trace, "future")).task.result), std::string("42"));
        QCOMPARE(trace->name(trace->lane(taskNamed(*trace, "inner")).task.result), std::string("7"));
        const LaneId qtimer = taskNamed(*trace, "qtimer");
        QCOMPARE(trace->lane(qtimer).task.outcome, Outcome::Done);
        // However long the machine kept it from awaiting what already ran.
        const auto awaits = [&trace](const Span &span) { return span.state == State::Awaiting && trace->reason(span.site) == "QTimer"; };
        QCOMPARE(std::ranges::count_if(spansOf(*trace, qtimer), awaits), 1);
    }

    void awaitsKnowTheirLine()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &runtime) { runtime.spawn({"t", "timer"}, timer, 1ms); });
        QVERIFY(trace);
        const auto spans = spansOf(*trace, trace->tasks().front());
        const auto awaiting = std::ranges::find(spans, State::Awaiting, &Span::state);
        QVERIFY(awaiting != spans.end());
        QCOMPARE(trace->reason(awaiting->site), std::string("timer"));
        QCOMPARE(trace->name(trace->site(awaiting->site).file), std::string("session_test.cpp"));
        QVERIFY(trace->site(awaiting->site).line > 0);
    }

    void stopEndsEveryKindOfWait()
    {
        SessionSettings settings = withWorkers(2);
        settings.inFlight = 1;
        Session session(settings);
        session.start([](Runtime &runtime) {
            for (int i = 0; i < 4; ++i)
                runtime.spawn({"pool", "sleep"}, sleepOnPool, 1h);
            runtime.spawn({"timer", "timer"}, timer, 1h);
            runtime.spawn({"future", "x"}, neverReady);
            runtime.spawn({"parent", "x"}, parentOf, 20, 1h);
        });
        // All of them are at it.
        QTRY_VERIFY_WITH_TIMEOUT(
            session.trace()->workers().size() == 2 && session.trace()->lane(1).isOpen() && session.trace()->lane(2).isOpen(), 30'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        QVERIFY(session.trace()->info().stopped);
        for (const LaneId task : session.trace()->tasks()) {
            if (session.trace()->nameOf(task).starts_with("child"))
                continue; // the first has ended by itself
            QCOMPARE(session.trace()->lane(task).task.outcome, Outcome::Cancelled);
        }
    }

    // A stop lets tasks that have not begun end at once; that they have ended is not what their parent waited for.
    void aParentOfTasksThatAStopEndedIsCancelled()
    {
        std::promise<void> release;
        const DeafWait held{release.get_future().share()};
        Session session(withWorkers(1));
        session.start([held](Runtime &runtime) { runtime.spawn({"parent", "parent"}, parentBehindHolder, held); });
        const Trace &trace = *session.trace();
        const auto isHeld = [&] { return trace.loop().isOpen() && trace.loop().open()->state == State::Blocking; };
        QTRY_VERIFY_WITH_TIMEOUT(isHeld(), 30'000);
        session.stop();
        release.set_value();
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(trace);
        QCOMPARE(trace.lane(taskNamed(trace, "parent")).task.outcome, Outcome::Cancelled);
    }

    void stopWakesABlockedLoop()
    {
        Session session(withWorkers(1));
        session.start([](Runtime &runtime) { runtime.spawn({"blocker", "sleep"}, sleepOnLoop, 1h); });
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->loop().isOpen() && session.trace()->loop().open()->state == State::Blocking, 30'000);
        session.stop();
        QVERIFY(waitForEnd(session));
        VERIFY_PROMISES(*session.trace());
        QCOMPARE(session.trace()->lane(session.trace()->tasks().front()).task.outcome, Outcome::Cancelled);
    }

    void aDeafJobIsAbandonedAndSaysSo()
    {
        std::promise<void> release;
        const DeafWait job{release.get_future().share()};
        Session session(withWorkers(1));
        session.start([job](Runtime &runtime) { runtime.spawn({"deaf", "x"}, waitDeafly, job); });
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->lane(1).isOpen(), 30'000);
        session.stop();
        QVERIFY(waitForEnd(session)); // the job has not, and will not before it may
        release.set_value();
        VERIFY_PROMISES(*session.trace());
        const Lane &lane = session.trace()->lane(session.trace()->tasks().front());
        QCOMPARE(lane.task.outcome, Outcome::Cancelled);
        QCOMPARE(session.trace()->name(lane.task.note), std::string("abandoned"));
        QVERIFY(!session.trace()->info().notes.empty());
    }

    void aDeafLoopIsAbandoned()
    {
        auto deafLoop = [](Runtime &runtime, DeafWait job) -> QCoro::Task<TaskResult> {
            runtime.blockLoop(job, "deaf");
            co_return TaskResult::done({});
        };
        std::promise<void> release;
        const DeafWait job{release.get_future().share()};
        Session session(withWorkers(1));
        session.start([deafLoop, job](Runtime &runtime) { runtime.spawn({"deaf", "x"}, deafLoop, job); });
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->loop().isOpen() && session.trace()->loop().open()->state == State::Blocking, 30'000);
        session.stop();
        QVERIFY(waitForEnd(session)); // the job has not, and will not before it may
        QCOMPARE(session.trace()->lane(session.trace()->tasks().front()).task.outcome, Outcome::Cancelled);
        release.set_value();
        QThread::msleep(500); // what was abandoned ends, and finds everything it uses still there
    }

    void aTimeoutFailsTheTask()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &runtime) {
            TaskOptions options{"late", "timer"};
            options.timeout = 50'000'000;
            runtime.spawn(options, timer, 1h);
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->lane(trace->tasks().front()).task.outcome, Outcome::Failed);
        QCOMPARE(trace->name(trace->lane(trace->tasks().front()).task.error), std::string("timed out after 0.05 s"));
    }

    void aTimeoutAfterTheEndIsNone()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &runtime) {
            TaskOptions options{"in time", "timer"};
            options.timeout = 50'000'000;
            runtime.spawn(options, timer, 1ms);
            runtime.spawn({"longer", "timer"}, timer, 200ms);
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->totals()[Outcome::Done], std::size_t(2));
        QVERIFY(trace->now() >= 200'000'000);
    }

    void workJoinsARunThatGoesOn()
    {
        Session session(withWorkers(1));
        session.start([](Runtime &runtime) { runtime.spawn({"first", "timer"}, timer, 1ms); });
        session.hold();
        QTRY_VERIFY_WITH_TIMEOUT(session.trace()->tasks().size() == 1, 30'000);
        QVERIFY(session.join([](Runtime &runtime) { runtime.spawn({"second", "timer"}, timer, 1ms); }));
        session.release();
        QVERIFY(waitForEnd(session));
        QCOMPARE(session.trace()->tasks().size(), std::size_t(2));
        QVERIFY(!session.join([](Runtime &) {}));
    }

    void aSessionCanGoInTheMiddle()
    {
        std::shared_ptr<const Trace> trace;
        {
            Session session(withWorkers(2));
            session.start([](Runtime &runtime) {
                runtime.spawn({"pool", "sleep"}, sleepOnPool, 1h);
                runtime.spawn({"loop", "sleep"}, sleepOnLoop, 1h);
            });
            QTRY_VERIFY_WITH_TIMEOUT(session.trace()->lane(1).isOpen() || session.trace()->loop().isOpen(), 30'000);
            trace = session.trace();
        }
        VERIFY_PROMISES(*trace);
        QVERIFY(trace->info().finished);
    }

    void withoutRecordingTheResultsAreTheSame()
    {
        SessionSettings settings = withWorkers(1);
        settings.record = false;
        const auto trace = runToEnd(settings, [](Runtime &runtime) { runtime.spawn({"t", "sleep"}, sleepOnPool, 1ms); });
        QVERIFY(trace);
        QCOMPARE(trace->name(trace->lane(trace->tasks().front()).task.result), std::string("Finished sleeping"));
        QCOMPARE(trace->spanCount(), std::size_t(0));
    }

    void aRunGoesOnWhenTheMemoryForItsRecordingIsFull()
    {
        SessionSettings settings = withWorkers(1);
        settings.memoryLimit = 1;
        const auto trace = runToEnd(settings, [](Runtime &runtime) { runtime.spawn({"t", "sleep"}, sleepOnPool, 1ms); });
        QVERIFY(trace);
        const LaneId task = trace->tasks().front();
        QCOMPARE(trace->name(trace->lane(task).task.result), std::string("Finished sleeping"));
        QVERIFY(trace->lane(task).incomplete);
        QVERIFY(trace->info().spansNotKept > 0);
        QCOMPARE(trace->info().notes.size(), std::size_t(1));
        QCOMPARE(trace->memoryLimit(), std::size_t(1));
    }

    void theUsualMemoryLimitIsAQuarterOfTheMachines()
    {
        const Session session(SessionSettings{});
        QVERIFY(session.settings().memoryLimit > 16'000'000);
        QCOMPARE(session.trace()->memoryLimit(), std::size_t(session.settings().memoryLimit));
    }

    void aRunWithoutTasksEnds()
    {
        const auto trace = runToEnd(withWorkers(1), [](Runtime &) {});
        QVERIFY(trace);
        QVERIFY(trace->tasks().empty());
    }

    void manyTasksKeepTheirPromises()
    {
        const auto trace = runToEnd(withWorkers(4), [](Runtime &runtime) {
            for (int i = 0; i < 2000; ++i) {
                runtime.spawn({"pool", "sleep"}, sleepOnPool, std::chrono::nanoseconds(i % 7 * 10us));
                runtime.spawn({"timer", "timer"}, timer, std::chrono::nanoseconds(i % 11 * 100us));
                runtime.spawn({"slot", "x"}, slotUser);
            }
        });
        QVERIFY(trace);
        VERIFY_PROMISES(*trace);
        QCOMPARE(trace->totals()[Outcome::Done], std::size_t(6000));
        QCOMPARE(trace->info().droppedEvents, std::uint64_t(0));
    }
};

QTEST_GUILESS_MAIN(SessionTest)
#include "session_test.moc"
