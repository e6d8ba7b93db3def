#include "core/analysis/culprits.h"

#include <QTest>

using namespace loopscope;

class CulpritsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesWhoHeldTheLoopMeanwhileLongestFirst()
    {
        Trace trace;
        const LaneId waiter = trace.addLane(LaneKind::Task, "waiter", 0);
        const LaneId runner = trace.addLane(LaneKind::Task, "runner", 0);
        const LaneId blocker = trace.addLane(LaneKind::Task, "blocker", 0);
        const LaneId bystander = trace.addLane(LaneKind::Task, "bystander", 0);
        trace.enter(runner, 0, State::Running, 0, noLane);
        trace.enter(runner, 150, State::Awaiting, 0, noLane);
        trace.enter(blocker, 150, State::Running, 0, noLane);
        trace.enter(blocker, 160, State::Blocking, 0, noLane);
        trace.enter(blocker, 300, State::Awaiting, 0, noLane);
        trace.enter(bystander, 0, State::InWorker, 0, noLane);
        trace.enter(waiter, 100, State::Ready, 0, noLane);
        trace.enter(waiter, 300, State::Running, 0, noLane);
        trace.advanceTo(400);

        QCOMPARE(culpritsOf(trace, waiter, trace.span(waiter, 0)), (std::vector<Culprit>{{blocker, 150}, {runner, 50}}));
    }

    void nobodyIsGuiltyOfAnIdleLoop()
    {
        Trace trace;
        const LaneId waiter = trace.addLane(LaneKind::Task, "waiter", 0);
        trace.enter(waiter, 0, State::Ready, 0, noLane);
        trace.enter(waiter, 10, State::Running, 0, noLane);
        trace.end(waiter, 20);
        QVERIFY(culpritsOf(trace, waiter, trace.span(waiter, 0)).empty());
    }
};

QTEST_GUILESS_MAIN(CulpritsTest)
#include "culprits_test.moc"
