#include "core/analysis/loop_overhead.h"

#include <QTest>

using namespace loopscope;

namespace {

/// A loop whose work is known: so much for each stretch, and before each turn.
struct Run {
    Trace trace;
    LaneId task = trace.addLane(LaneKind::Task, "t", 0);
    Nanoseconds now = 0;

    void stretch(Nanoseconds aStretch, Nanoseconds aTurn, int turns)
    {
        constexpr Nanoseconds held = 40;
        trace.enter(loopLaneId, now, State::Running, 0, noLane);
        now += aStretch;
        for (int i = 0; i < turns; ++i) {
            now += aTurn;
            trace.enter(task, now, State::Running, 0, noLane);
            trace.enter(task, now + held / 2, State::Blocking, 0, noLane); // one turn all the same
            now += held;
            trace.enter(task, now, State::Awaiting, 0, noLane);
        }
        trace.leave(loopLaneId, now);
        now += 1000;
    }
};

} // namespace

class LoopOverheadTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ofALoopThatDidNothingIsNone()
    {
        const LoopOverhead overhead = loopOverheadOf(Trace());
        QCOMPARE(overhead.aStretch, Nanoseconds(0));
        QCOMPARE(overhead.aTurn, Nanoseconds(0));
    }

    void turnsAndStretchesAreToldApart()
    {
        Run run;
        for (const int turns : {1, 5, 2, 9})
            run.stretch(300, 7, turns);
        const LoopOverhead overhead = loopOverheadOf(run.trace);
        QCOMPARE(overhead.aStretch, Nanoseconds(300));
        QCOMPARE(overhead.aTurn, Nanoseconds(7));
    }

    // Its own lane tells of the calls, which do not end a stretch.
    void aLoopThatIsBlockedIsAtWork()
    {
        Run run;
        run.stretch(100, 10, 1);
        run.trace.enter(loopLaneId, run.now, State::Running, 0, noLane);
        run.trace.enter(run.task, run.now + 110, State::Running, 0, noLane);
        run.trace.enter(loopLaneId, run.now + 110, State::Blocking, 0, run.task);
        run.trace.enter(loopLaneId, run.now + 500, State::Running, 0, noLane);
        run.trace.enter(run.task, run.now + 500, State::Awaiting, 0, noLane);
        run.trace.leave(loopLaneId, run.now + 500);
        const LoopOverhead overhead = loopOverheadOf(run.trace);
        QCOMPARE(overhead.aStretch, Nanoseconds(0)); // both have one turn
        QCOMPARE(overhead.aTurn, Nanoseconds(110));
    }

    void stretchesWithoutATurnAreOnTheOthers()
    {
        Run run;
        run.stretch(100, 10, 2);
        run.stretch(100, 10, 4);
        run.trace.enter(loopLaneId, run.now, State::Running, 0, noLane);
        run.trace.leave(loopLaneId, run.now + 60);
        const LoopOverhead overhead = loopOverheadOf(run.trace);
        QCOMPARE(overhead.aStretch, Nanoseconds(130));
        QCOMPARE(overhead.aTurn, Nanoseconds(10));
    }

    void whereAllAreAlikeTheTurnsHaveIt()
    {
        Run run;
        run.stretch(30, 5, 3);
        run.stretch(30, 5, 3);
        const LoopOverhead overhead = loopOverheadOf(run.trace);
        QCOMPARE(overhead.aStretch, Nanoseconds(0));
        QCOMPARE(overhead.aTurn, Nanoseconds(15));
    }

    // A line of least squares would have the long stretch take less than nothing, or the turns.
    void noPartIsLessThanNothing()
    {
        Run more;
        more.stretch(0, 10, 1);
        more.stretch(0, 100, 4);
        const LoopOverhead steep = loopOverheadOf(more.trace);
        QCOMPARE(steep.aStretch, Nanoseconds(0));
        QCOMPARE(steep.aTurn, Nanoseconds(82)); // 410 by 5 turns
        Run less;
        less.stretch(500, 2, 1);
        less.stretch(100, 2, 4);
        const LoopOverhead falling = loopOverheadOf(less.trace);
        QCOMPARE(falling.aStretch, Nanoseconds(305)); // 610 by 2 stretches
        QCOMPARE(falling.aTurn, Nanoseconds(0));
    }
};

QTEST_GUILESS_MAIN(LoopOverheadTest)
#include "loop_overhead_test.moc"
