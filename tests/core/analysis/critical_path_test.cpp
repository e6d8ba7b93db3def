#include "core/analysis/critical_path.h"

#include "tests/support/random_trace.h"
#include "tests/support/simulated_run.h"

#include <QTest>

#include <random>

using namespace loopscope;
using namespace loopscope::test;

namespace {

/// A span of a task that is told from its begin on; what follows ends it.
struct Turn {
    Nanoseconds at;
    State state;
    LaneId peer = noLane;
};

LaneId addTask(Trace &trace, const std::vector<Turn> &turns, Nanoseconds end, LaneId parent = noLane)
{
    const LaneId task = trace.addLane(LaneKind::Task, "task", turns.front().at);
    trace.changeTask(task, [&](TaskFacts &facts) { facts.parent = parent; });
    for (const Turn &turn : turns)
        trace.enter(task, turn.at, turn.state, 0, turn.peer);
    trace.end(task, end);
    return task;
}

void finish(Trace &trace, Nanoseconds wall)
{
    trace.advanceTo(wall);
    trace.changeInfo([&](RunInfo &info) {
        info.wall = wall;
        info.finished = true;
    });
}

std::vector<PathPiece> pathOf(const Trace &trace)
{
    return criticalPath(trace, LoopHolds(trace));
}

bool isPartOfSpan(const Trace &trace, const PathPiece &piece)
{
    bool isWithin = false;
    bool isBeside = true;
    for (std::size_t i = 0; i < trace.spanCount(piece.task); ++i) {
        const Span span = trace.span(piece.task, i);
        isBeside &= span.range().intersected(piece.range).isEmpty();
        isWithin |= piece.state == span.state && span.begin <= piece.range.begin && piece.range.end <= span.end;
    }
    return piece.state ? isWithin : isBeside;
}

} // namespace

class CriticalPathTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLonelyTaskIsItsOwnPath()
    {
        Trace trace;
        const LaneId task = addTask(trace, {{5, State::Ready}, {10, State::Running}, {20, State::Awaiting}, {90, State::Running}}, 100);
        addTask(trace, {{5, State::Ready}, {20, State::Running}}, 30);
        finish(trace, 100);
        QCOMPARE(pathOf(trace), (std::vector<PathPiece>{{task, {0, 5}, {}, PathLink::Begin},
                                                        {task, {5, 10}, State::Ready, PathLink::Continued},
                                                        {task, {10, 20}, State::Running, PathLink::Continued},
                                                        {task, {20, 90}, State::Awaiting, PathLink::Continued},
                                                        {task, {90, 100}, State::Running, PathLink::Continued}}));
    }

    void aGatherIsAsLongAsItsLastChild()
    {
        Trace trace;
        const LaneId first = 2; // by number: the parent comes first
        const LaneId last = 3;
        const LaneId parent = addTask(
            trace, {{0, State::Ready}, {1, State::Running}, {10, State::Awaiting}, {80, State::Ready, last}, {81, State::Running}}, 100);
        QCOMPARE(addTask(trace, {{5, State::Ready, parent}, {10, State::Running}, {12, State::Awaiting}, {50, State::Running}}, 52, parent),
                 first);
        QCOMPARE(addTask(trace, {{6, State::Ready, parent}, {12, State::Running}, {14, State::Awaiting}, {70, State::Running}}, 80, parent),
                 last);
        finish(trace, 100);
        QCOMPARE(pathOf(trace), (std::vector<PathPiece>{{parent, {0, 1}, State::Ready, PathLink::Begin},
                                                        {parent, {1, 10}, State::Running, PathLink::Continued},
                                                        {first, {10, 12}, State::Running, PathLink::LoopFreed},
                                                        {last, {12, 14}, State::Running, PathLink::LoopFreed},
                                                        {last, {14, 70}, State::Awaiting, PathLink::Continued},
                                                        {last, {70, 80}, State::Running, PathLink::Continued},
                                                        {parent, {80, 81}, State::Ready, PathLink::Woken},
                                                        {parent, {81, 100}, State::Running, PathLink::Continued}}));
    }

    // As it is in a run: a child ends, and wakes its parent with its last breath.
    void aChildMayHaveEndedAMomentBefore()
    {
        Trace trace;
        const LaneId child = 2; // by number: the parent comes first
        const LaneId parent =
            addTask(trace, {{0, State::Running}, {10, State::Awaiting}, {80, State::Ready, child}, {81, State::Running}}, 100);
        QCOMPARE(addTask(trace, {{5, State::Ready, parent}, {10, State::Running}, {12, State::Awaiting}, {70, State::Running}}, 78, parent),
                 child);
        finish(trace, 100);
        QCOMPARE(pathOf(trace), (std::vector<PathPiece>{{parent, {0, 10}, State::Running, PathLink::Begin},
                                                        {child, {10, 12}, State::Running, PathLink::LoopFreed},
                                                        {child, {12, 70}, State::Awaiting, PathLink::Continued},
                                                        {child, {70, 78}, State::Running, PathLink::Continued},
                                                        {parent, {78, 80}, State::Awaiting, PathLink::Woken},
                                                        {parent, {80, 81}, State::Ready, PathLink::Continued},
                                                        {parent, {81, 100}, State::Running, PathLink::Continued}}));
    }

    void whoHeldTheLoopStandsForWhoWasReady()
    {
        Trace trace;
        const LaneId blocker = addTask(trace, {{0, State::Ready}, {2, State::Running}, {40, State::Blocking}}, 140);
        const LaneId ticker = addTask(trace, {{0, State::Running}, {2, State::Awaiting}, {50, State::Ready}, {145, State::Running}}, 150);
        finish(trace, 150);
        QCOMPARE(pathOf(trace), (std::vector<PathPiece>{{ticker, {0, 2}, State::Running, PathLink::Begin},
                                                        {blocker, {2, 40}, State::Running, PathLink::LoopFreed},
                                                        {blocker, {40, 140}, State::Blocking, PathLink::Continued},
                                                        {ticker, {140, 145}, State::Ready, PathLink::LoopFreed},
                                                        {ticker, {145, 150}, State::Running, PathLink::Continued}}));
    }

    // As files are, when others have been read.
    void whatTheLoopMadeComesAfterWhoHeldItBefore()
    {
        Trace trace;
        trace.enter(loopLaneId, 0, State::Running, 0, noLane);
        trace.leave(loopLaneId, 10);
        trace.enter(loopLaneId, 50, State::Running, 0, noLane);
        trace.leave(loopLaneId, 100);
        const LaneId first = addTask(trace, {{0, State::Running}, {10, State::Awaiting}, {50, State::Running}}, 60);
        const LaneId second = addTask(trace, {{65, State::Ready}, {70, State::Running}}, 100);
        finish(trace, 100);
        QCOMPARE(pathOf(trace), (std::vector<PathPiece>{{first, {0, 10}, State::Running, PathLink::Begin},
                                                        {first, {10, 50}, State::Awaiting, PathLink::Continued},
                                                        {first, {50, 60}, State::Running, PathLink::Continued},
                                                        {second, {60, 65}, {}, PathLink::LoopFreed},
                                                        {second, {65, 70}, State::Ready, PathLink::Continued},
                                                        {second, {70, 100}, State::Running, PathLink::Continued}}));
    }

    // Its lane has a span for each blocking call, all of them without a gap, for as long as the run.
    void aBlockedLoopIsAtWork()
    {
        Trace trace;
        Nanoseconds now = 0;
        LaneId last = noLane;
        constexpr int files = 100;
        for (int i = 0; i < files; ++i) {
            trace.enter(loopLaneId, now, State::Running, 0, noLane);
            last = trace.addLane(LaneKind::Task, "file", now + 6);
            trace.enter(last, now + 6, State::Blocking, 0, noLane);
            trace.enter(loopLaneId, now + 6, State::Blocking, 0, last);
            now += 100;
            trace.end(last, now);
        }
        trace.leave(loopLaneId, now);
        finish(trace, now);
        const std::vector<PathPiece> path = pathOf(trace);
        QCOMPARE(path.size(), std::size_t(2 * files));
        QCOMPARE(path[2], (PathPiece{2, {100, 106}, {}, PathLink::LoopFreed}));
        QCOMPARE(path.back(), (PathPiece{last, {now - 94, now}, State::Blocking, PathLink::Continued}));
    }

    // Somebody else did: the loop had nothing to do before.
    void whatComesToALoopThatRestedIsMadeByNobodyKnown()
    {
        Trace trace;
        trace.enter(loopLaneId, 0, State::Running, 0, noLane);
        trace.leave(loopLaneId, 60);
        trace.enter(loopLaneId, 64, State::Running, 0, noLane);
        trace.leave(loopLaneId, 100);
        addTask(trace, {{0, State::Running}}, 60);
        const LaneId second = addTask(trace, {{65, State::Ready}, {70, State::Running}}, 100);
        finish(trace, 100);
        QCOMPARE(pathOf(trace).front(), (PathPiece{second, {0, 65}, {}, PathLink::Begin}));
    }

    void whoHadTheWorkerStandsForWhoWasQueued()
    {
        Trace trace;
        const LaneId worker = trace.addLane(LaneKind::Worker, "#1", 0);
        const LaneId first = 2;
        const LaneId second = 3;
        trace.enter(worker, 3, State::InWorker, 0, first);
        trace.leave(worker, 60);
        trace.enter(worker, 62, State::InWorker, 0, second);
        trace.leave(worker, 100);
        QCOMPARE(addTask(trace, {{0, State::Running}, {2, State::Queued}, {3, State::InWorker, worker}}, 60), first);
        QCOMPARE(addTask(trace, {{2, State::Running}, {4, State::Queued}, {62, State::InWorker, worker}}, 100), second);
        finish(trace, 100);
        QCOMPARE(pathOf(trace), (std::vector<PathPiece>{{first, {0, 2}, State::Running, PathLink::Begin},
                                                        {first, {2, 3}, State::Queued, PathLink::Continued},
                                                        {first, {3, 60}, State::InWorker, PathLink::Continued},
                                                        {second, {60, 62}, State::Queued, PathLink::WorkerFreed},
                                                        {second, {62, 100}, State::InWorker, PathLink::Continued}}));
    }

    void aTaskIsWokenByASlotAndMadeByItsParent()
    {
        Trace trace;
        const LaneId parent = addTask(trace, {{0, State::Running}}, 10);
        const LaneId holder = addTask(trace, {{0, State::Awaiting}, {30, State::Running}}, 50);
        const LaneId waiter = addTask(trace, {{20, State::Awaiting}, {50, State::Running}}, 70, parent);
        const LaneId grandchild = addTask(trace, {{60, State::Awaiting}}, 90, waiter);
        trace.addWake({50, holder, waiter});
        finish(trace, 90);
        QCOMPARE(pathOf(trace), (std::vector<PathPiece>{{holder, {0, 30}, State::Awaiting, PathLink::Begin},
                                                        {holder, {30, 50}, State::Running, PathLink::Continued},
                                                        {waiter, {50, 60}, State::Running, PathLink::Woken},
                                                        {grandchild, {60, 90}, State::Awaiting, PathLink::Spawned}}));
    }

    void tasksThatWakeEachOtherAtOnceAreLeftAgain()
    {
        Trace trace;
        const LaneId one = 1;
        const LaneId other = 2;
        QCOMPARE(addTask(trace, {{0, State::Awaiting}, {50, State::Ready, other}}, 100), one);
        QCOMPARE(addTask(trace, {{0, State::Awaiting}, {50, State::Running}}, 60), other);
        trace.addWakes({{50, one, other}, {50, other, one}});
        finish(trace, 100);
        Nanoseconds sum = 0;
        for (const PathPiece &piece : pathOf(trace))
            sum += piece.range.length();
        QCOMPARE(sum, Nanoseconds(100));
    }

    void aRunThatGoesOnReachesNow()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        trace.enter(task, 0, State::Running, 0, noLane);
        trace.enter(task, 10, State::Awaiting, 0, noLane);
        trace.advanceTo(70);
        QCOMPARE(pathOf(trace), (std::vector<PathPiece>{{task, {0, 10}, State::Running, PathLink::Begin},
                                                        {task, {10, 70}, State::Awaiting, PathLink::Continued}}));
    }

    void thereIsNoneWithoutTasksOrALoop()
    {
        Trace trace;
        trace.advanceTo(10);
        QVERIFY(pathOf(trace).empty());
        QVERIFY(pathOf(*randomTrace(1, TraceOrigin::Import)).empty());
    }

    // Without delays there is always somebody who held the loop or had the worker, down to the first.
    void leavesNoWaitUnexplained_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 0; seed < 40; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void leavesNoWaitUnexplained()
    {
        QFETCH(const quint32, seed);
        std::mt19937 random(seed);
        using Step = SimulatedStep;
        const auto anySteps = [&](bool isParent) {
            std::vector<Step> steps;
            for (auto left = random() % 6; left > 0; --left) {
                const auto kind = static_cast<Step::Kind>(random() % 4);
                steps.push_back({kind, static_cast<Nanoseconds>(1 + random() % 1'000)});
            }
            if (isParent) {
                std::vector<SimulatedTask> children(1 + random() % 4, {"child", "", {{Step::Kind::Run, 5}, {Step::Kind::Job, 300}}});
                steps.push_back({Step::Kind::Gather, 0, 1, std::move(children)});
            }
            steps.push_back({Step::Kind::Run, 10});
            return steps;
        };
        std::vector<SimulatedTask> tasks;
        for (auto left = 1 + random() % 20; left > 0; --left)
            tasks.push_back({"task", "", anySteps(random() % 3 == 0)});
        const auto trace = simulatedRun(tasks, 1 + static_cast<int>(random() % 3));
        Nanoseconds at = 0;
        for (const PathPiece &piece : pathOf(*trace)) {
            QCOMPARE(piece.range.begin, at);
            QVERIFY(isPartOfSpan(*trace, piece));
            QVERIFY(piece.state && *piece.state != State::Ready && *piece.state != State::Queued);
            at = piece.range.end;
        }
        QCOMPARE(at, trace->info().wall);
    }

    void tilesTheWallTimeOfAnyTrace_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 0; seed < 60; ++seed)
            QTest::addRow("seed %u", seed) << seed;
    }
    void tilesTheWallTimeOfAnyTrace()
    {
        QFETCH(const quint32, seed);
        const auto trace = randomTrace(seed, TraceOrigin::Run);
        if (seed % 2 == 0) // otherwise it is any number, mostly a small one
            trace->changeInfo([&](RunInfo &info) { info.wall = trace->now() - seed; });
        const Nanoseconds wall = trace->info().finished ? trace->info().wall : trace->now();
        const std::vector<PathPiece> path = pathOf(*trace);
        Nanoseconds at = 0;
        for (const PathPiece &piece : path) {
            QCOMPARE(piece.range.begin, at);
            QVERIFY(piece.range.end > at);
            QVERIFY(isPartOfSpan(*trace, piece));
            QCOMPARE(piece.link == PathLink::Begin, at == 0);
            at = piece.range.end;
        }
        QCOMPARE(at, trace->tasks().empty() ? 0 : wall);
    }
};

QTEST_GUILESS_MAIN(CriticalPathTest)
#include "critical_path_test.moc"
