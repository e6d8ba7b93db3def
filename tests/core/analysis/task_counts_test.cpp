#include "core/analysis/task_counts.h"

#include <QTest>

#include <vector>

using namespace loopscope;

namespace {

std::vector<TaskCountWalk::Change> changesOf(const Trace &trace)
{
    std::vector<TaskCountWalk::Change> changes;
    TaskCountWalk walk(trace);
    while (const auto change = walk.next())
        changes.push_back(*change);
    return changes;
}

} // namespace

class TaskCountsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingHappensInARunOfNothing() { QVERIFY(changesOf(Trace()).empty()); }

    void aTaskIsCountedFromStateToState()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "t", 0);
        trace.enter(task, 0, State::Ready, 0, noLane);
        trace.enter(task, 10, State::Running, 0, noLane);
        trace.enter(task, 20, State::Awaiting, trace.internSite("slot", "", "", 0), noLane);
        trace.enter(task, 30, State::Queued, 0, noLane);
        trace.enter(task, 40, State::Awaiting, trace.internSite("timer", "", "", 0), noLane);
        trace.end(task, 50);
        const std::vector<TaskCountWalk::Change> expected = {{0, {1, 0, 0}},  {10, {0, 0, 1}}, {20, {0, 0, 0}},
                                                             {30, {0, 1, 1}}, {40, {0, 0, 1}}, {50, {0, 0, 0}}};
        QVERIFY(changesOf(trace) == expected);
    }

    void changesThatCancelOutAreNone()
    {
        Trace trace;
        const LaneId first = trace.addLane(LaneKind::Task, "1", 0);
        const LaneId second = trace.addLane(LaneKind::Task, "2", 0);
        trace.enter(first, 0, State::Ready, 0, noLane);
        trace.end(first, 10);
        trace.enter(second, 10, State::Ready, 0, noLane);
        trace.end(second, 20);
        const std::vector<TaskCountWalk::Change> expected = {{0, {1, 0, 0}}, {20, {0, 0, 0}}};
        QVERIFY(changesOf(trace) == expected);
    }

    void gapsAreNothingAndWhatIsOpenGoesOn()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "t", 0);
        trace.enter(task, 0, State::Running, 0, noLane);
        trace.leave(task, 5);
        trace.enter(task, 8, State::Queued, 0, noLane);
        trace.advanceTo(100);
        const std::vector<TaskCountWalk::Change> expected = {{0, {0, 0, 1}}, {5, {0, 0, 0}}, {8, {0, 1, 1}}};
        QVERIFY(changesOf(trace) == expected);
    }
};

QTEST_GUILESS_MAIN(TaskCountsTest)
#include "task_counts_test.moc"
