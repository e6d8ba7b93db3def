#include "core/analysis/wake_delays.h"

#include <QTest>

using namespace loopscope;

namespace {

/// One loop, two workers, and jobs that are told of in the order of their begin.
struct Run {
    Trace trace;
    LaneId first = trace.addLane(LaneKind::Worker, "#1", 0);
    LaneId second = trace.addLane(LaneKind::Worker, "#2", 0);

    void holdLoop(Nanoseconds begin, Nanoseconds end)
    {
        trace.enter(loopLaneId, begin, State::Running, 0, noLane);
        trace.leave(loopLaneId, end);
    }
    /// A job from its queueing to its end, and what it wakes, which runs at `resumed`.
    void job(Nanoseconds queued, LaneId worker, TimeRange work, Nanoseconds resumed)
    {
        const LaneId task = trace.addLane(LaneKind::Task, "t", queued);
        trace.enter(task, queued, State::Queued, 0, noLane);
        trace.enter(task, work.begin, State::InWorker, 0, worker);
        trace.enter(worker, work.begin, State::InWorker, 0, task);
        trace.enter(task, work.end, State::Ready, 0, worker);
        trace.leave(worker, work.end);
        trace.enter(task, resumed, State::Running, 0, noLane);
        trace.end(task, resumed + 1);
    }
};

} // namespace

class WakeDelaysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ofWhatNobodyWasSeenToDoIsNone()
    {
        const WakeDelays delays = wakeDelaysOf(Trace());
        QCOMPARE(delays.loop, Nanoseconds(0));
        QCOMPARE(delays.worker, Nanoseconds(0));
        QCOMPARE(delays.coldJob, Nanoseconds(0));
    }

    void theLoopIsWokenByTheFirstJobThatEnds()
    {
        Run run;
        run.holdLoop(0, 100);
        run.job(50, run.first, {200, 300}, 340);
        run.job(60, run.second, {200, 320}, 342); // the loop is on its way
        run.holdLoop(340, 400);
        run.job(350, run.first, {360, 390}, 395); // it is awake
        run.job(350, run.second, {360, 500}, 570);
        run.holdLoop(570, 600);
        run.job(580, run.first, {590, 700}, 750);
        run.holdLoop(750, 800);
        QCOMPARE(wakeDelaysOf(run.trace).loop, Nanoseconds(50)); // of 40, 70 and 50
    }

    void whatIsReadyFromElsewhereIsNoJob()
    {
        Run run;
        run.holdLoop(0, 100);
        const LaneId sleeper = run.trace.addLane(LaneKind::Task, "sleeper", 50);
        run.trace.enter(sleeper, 200, State::Ready, 0, loopLaneId);
        run.trace.enter(sleeper, 240, State::Running, 0, noLane);
        run.holdLoop(240, 300);
        QCOMPARE(wakeDelaysOf(run.trace).loop, Nanoseconds(0));
    }

    void aWorkerIsWokenOnceItHasHadAJob()
    {
        Run run;
        run.job(10, run.first, {100, 200}, 210); // it had to be started first
        QCOMPARE(wakeDelaysOf(run.trace).worker, Nanoseconds(0));
        run.job(150, run.first, {201, 300}, 310); // was queued while it was at work
        run.job(400, run.first, {430, 500}, 510);
        run.job(420, run.second, {440, 500}, 520); // the second one's first
        QCOMPARE(wakeDelaysOf(run.trace).worker, Nanoseconds(30));
        run.job(600, run.second, {650, 700}, 710);
        run.job(800, run.first, {840, 900}, 910);
        QCOMPARE(wakeDelaysOf(run.trace).worker, Nanoseconds(40)); // of 30, 50 and 40
    }

    void jobsOfAWokenWorkerTakeLonger()
    {
        Run run;
        Nanoseconds now = 0;
        for (int i = 0; i < 40; ++i) { // one job that wakes the worker, and one that follows it
            run.job(now, run.first, {now + 30, now + 130}, now + 140);
            run.job(now + 10, run.first, {now + 130, now + 200}, now + 210);
            now += 1000;
        }
        QCOMPARE(wakeDelaysOf(run.trace).coldJob, Nanoseconds(30));
    }

    void ofFewJobsNothingIsSaid()
    {
        for (const int jobs : {29, 30}) {
            Run run;
            for (int i = 0; i < jobs; ++i) {
                const Nanoseconds now = 1000 * (i + 1);
                run.job(now, run.first, {now + 30, now + 230}, now + 240);
                run.job(now + 10, run.first, {now + 230, now + 300}, now + 310);
            }
            run.job(500'000, run.first, {500'030, 500'230}, 500'240); // the very first one had nothing before it
            QCOMPARE(wakeDelaysOf(run.trace).coldJob, Nanoseconds(jobs < 30 ? 0 : 130));
        }
    }

    // How long they take is no matter of caches.
    void jobsThatWaitAreNotCompared()
    {
        Run run;
        for (int i = 0; i < 40; ++i) {
            const Nanoseconds now = 1000 * (i + 1);
            run.job(now, run.first, {now + 30, now + 230}, now + 240);
            run.job(now + 10, run.first, {now + 230, now + 300}, now + 310);
        }
        for (const LaneId task : run.trace.tasks())
            run.trace.changeTask(task, [&](TaskFacts &facts) { facts.kind = run.trace.internName("sleep"); });
        QCOMPARE(wakeDelaysOf(run.trace).coldJob, Nanoseconds(0));
        QCOMPARE(wakeDelaysOf(run.trace).worker, Nanoseconds(30));
    }

    void whoWasWokenIsTold()
    {
        Run run;
        run.job(0, run.first, {30, 130}, 140);    // its first
        run.job(10, run.first, {130, 200}, 210);  // was queued meanwhile
        run.job(300, run.first, {330, 430}, 440); // was not
        const std::vector<LaneId> &tasks = run.trace.tasks();
        QVERIFY(!wasWorkerWoken(run.trace, {tasks[0], 1}));
        QVERIFY(!wasWorkerWoken(run.trace, {tasks[1], 1}));
        QVERIFY(wasWorkerWoken(run.trace, {tasks[2], 1}));
        QVERIFY(!wasWorkerWoken(run.trace, {tasks[2], 0})); // which is no job
    }

    // What it did meanwhile its own lane does not show.
    void whoPreparedInVainDidNotSleep()
    {
        Run run;
        run.job(0, run.first, {30, 130}, 140);
        const LaneId task = run.trace.addLane(LaneKind::Task, "t", 300);
        run.trace.enter(task, 300, State::Queued, 0, noLane);
        run.trace.enter(task, 310, State::Awaiting, 0, noLane);
        run.trace.enter(task, 400, State::Queued, 0, noLane);
        run.trace.enter(task, 401, State::InWorker, 0, run.first);
        run.trace.end(task, 450);
        QVERIFY(!wasWorkerWoken(run.trace, {task, 3}));
    }
};

QTEST_GUILESS_MAIN(WakeDelaysTest)
#include "wake_delays_test.moc"
