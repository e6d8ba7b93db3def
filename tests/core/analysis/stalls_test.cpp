#include "core/analysis/stalls.h"

#include <QTest>

#include <ctime>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

/// Adds a task that is in each of `states` from its time on, until `end`.
LaneId addTask(Trace &trace, const std::vector<std::pair<Nanoseconds, State>> &states, Nanoseconds end)
{
    const LaneId task = trace.addLane(LaneKind::Task, "task", states.front().first);
    for (const auto &[at, state] : states)
        trace.enter(task, at, state, 0, noLane);
    trace.end(task, end);
    return task;
}

void addBusyLoop(Trace &trace, TimeRange busy)
{
    trace.enter(loopLaneId, busy.begin, State::Running, 0, noLane);
    trace.leave(loopLaneId, busy.end);
}

} // namespace

class StallsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aCallbackOverTheThresholdIsAStall()
    {
        Trace trace;
        const LaneId task = addTask(trace, {{0, State::Ready}, {1 * ms, State::Running}, {102 * ms, State::Awaiting}}, 500 * ms);
        QCOMPARE(findStalls(trace), (std::vector<Stall>{{{1 * ms, 102 * ms}, task}}));
    }

    void theThresholdItselfIsNoStall()
    {
        Trace trace;
        addTask(trace, {{0, State::Running}, {100 * ms, State::Awaiting}}, 200 * ms);
        QVERIFY(findStalls(trace).empty());
        trace.changeInfo([](RunInfo &info) { info.stallThreshold = 100 * ms - 1; });
        QCOMPARE(findStalls(trace).size(), std::size_t(1));
    }

    void runningAndBlockingInOneCallbackAddUp()
    {
        Trace trace;
        const LaneId task = addTask(
            trace, {{0, State::Running}, {40 * ms, State::Blocking}, {80 * ms, State::Running}, {120 * ms, State::Queued}}, 130 * ms);
        QCOMPARE(findStalls(trace), (std::vector<Stall>{{{0, 120 * ms}, task}}));
    }

    void callbacksApartDoNotAddUp()
    {
        Trace trace;
        addTask(trace, {{0, State::Running}, {60 * ms, State::Ready}, {60 * ms + 1, State::Running}}, 130 * ms);
        QVERIFY(findStalls(trace).empty());
    }

    void aTaskStillOnTheLoopStallsIt()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "blocker", 0);
        trace.enter(task, 10 * ms, State::Blocking, 0, noLane);
        trace.advanceTo(5000 * ms);
        QCOMPARE(findStalls(trace), (std::vector<Stall>{{{10 * ms, 5000 * ms}, task}}));
    }

    void aLoopBusyWithoutATaskIsAStallOfNobody()
    {
        Trace trace;
        const LaneId task = addTask(trace, {{0, State::Ready}, {50 * ms, State::Running}}, 200 * ms);
        addBusyLoop(trace, {40 * ms, 400 * ms});
        QCOMPARE(findStalls(trace), (std::vector<Stall>{{{50 * ms, 200 * ms}, task}, {{200 * ms, 400 * ms}, noLane}}));
    }

    void aLoopBusyWithManyShortCallbacksIsNoStall()
    {
        Trace trace;
        for (int i = 0; i < 50; ++i)
            addTask(trace, {{i * 10 * ms, State::Running}}, (i * 10 + 9) * ms);
        addBusyLoop(trace, {0, 500 * ms});
        QVERIFY(findStalls(trace).empty());
    }

    // As where each file is read by a call that blocks the loop: every stretch is a stall, and the next begins after a pause.
    void manyStallsOfManyTasksTakeNoTime()
    {
        constexpr int tasks = 60'000;
        Trace trace;
        for (int i = 0; i < tasks; ++i) {
            const Nanoseconds begin = i * 300 * ms;
            addTask(trace, {{begin, State::Running}}, begin + 101 * ms);
            addBusyLoop(trace, {begin, begin + 202 * ms});
        }
        const std::clock_t begin = std::clock(); // CPU time, so that a busy machine does not fail it
        const std::vector<Stall> stalls = findStalls(trace);
        const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        QCOMPARE(stalls.size(), std::size_t(2 * tasks)); // of the task, and of nobody after it
        QCOMPARE(stalls[1], (Stall{{101 * ms, 202 * ms}, noLane}));
        QVERIFY2(seconds < 10, qPrintable(QString::number(seconds))); // it takes some hundredths; to ask all tasks each time, minutes
    }

    void theLoopIsBusyOrIdle()
    {
        Trace trace;
        addTask(trace, {{0, State::Ready}, {10 * ms, State::Running}, {130 * ms, State::Awaiting}}, 1000 * ms);
        addBusyLoop(trace, {10 * ms, 20 * ms});
        trace.enter(loopLaneId, 20 * ms, State::Blocking, 0, 1);
        trace.leave(loopLaneId, 130 * ms);
        QCOMPARE(loopUse(trace, findStalls(trace)), (LoopUse{120 * ms, 880 * ms, 120 * ms}));

        trace.changeInfo([](RunInfo &info) {
            info.finished = true;
            info.wall = 125 * ms;
        });
        QCOMPARE(loopUse(trace, {}), (LoopUse{115 * ms, 10 * ms, 0}));
    }
};

QTEST_GUILESS_MAIN(StallsTest)
#include "stalls_test.moc"
