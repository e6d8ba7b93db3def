#include "core/trace/trace.h"

#include <QTest>

#include <limits>

using namespace loopscope;

namespace {

// A task with so many spans of a nanosecond.
LaneId addBusyTask(Trace &trace, int spans)
{
    const LaneId task = trace.addLane(LaneKind::Task, "busy", 0);
    for (int i = 0; i < spans; ++i)
        trace.enter(task, i, taskStates[static_cast<std::size_t>(i) % taskStates.size()], 0, noLane);
    trace.end(task, spans);
    return task;
}

} // namespace

class TraceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void spansOfATaskSumToItsLife()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "reader", 100);
        trace.enter(task, 100, State::Ready, 0, noLane);
        trace.enter(task, 150, State::Running, 0, noLane);
        trace.enter(task, 150, State::Queued, 0, noLane); // no time at all: no span
        trace.enter(task, 900, State::Running, 0, noLane);
        trace.end(task, 1000);

        QCOMPARE(trace.times(task).total(), Nanoseconds(900));
        QCOMPARE(trace.spanCount(task), std::size_t(3));
        QCOMPARE(trace.lane(task).end(), std::optional<Nanoseconds>(1000));
    }

    void anOpenSpanEndsNow()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "sleeper", 0);
        trace.enter(task, 10, State::Awaiting, 0, noLane);
        trace.advanceTo(500);
        QCOMPARE(trace.span(task, 0), (Span{10, 500, State::Awaiting, 0, noLane}));
        QCOMPARE(trace.firstSpanEndingAfter(task, 400), std::size_t(0));
        QCOMPARE(trace.firstSpanEndingAfter(task, 500), std::size_t(1));
        QCOMPARE(trace.timesIn(task, {100, 200})[State::Awaiting], Nanoseconds(100));
    }

    void spansAreCountedOpenOnesToo()
    {
        Trace trace;
        const LaneId a = trace.addLane(LaneKind::Task, "a", 0);
        const LaneId b = trace.addLane(LaneKind::Task, "b", 0);
        trace.enter(a, 0, State::Ready, 0, noLane);
        trace.enter(a, 5, State::Running, 0, noLane);
        trace.enter(b, 5, State::Ready, 0, noLane);
        QCOMPARE(trace.spanCount(), std::size_t(3));
        trace.loseOpenSpan(a);
        trace.loseOpenSpan(a);
        trace.end(b, 9);
        QCOMPARE(trace.spanCount(), std::size_t(2));
    }

    void timeNeverRunsBackwardsWithinALane()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "late", 100);
        trace.enter(task, 50, State::Ready, 0, noLane);
        trace.enter(task, 200, State::Running, 0, noLane);
        trace.enter(task, 190, State::Awaiting, 0, noLane);
        trace.end(task, 300);
        QCOMPARE(trace.times(task).total(), Nanoseconds(200));
        QCOMPARE(trace.span(task, 0).begin, Nanoseconds(100));
    }

    void wakesAreInOrderOfTime()
    {
        Trace trace;
        for (const Nanoseconds at : {5, 9, 7, 7, 1})
            trace.addWake({at, 0, 1});
        QVERIFY(std::ranges::is_sorted(trace.wakes(), {}, &Wake::at));
    }

    void totalsFollowTheFacts()
    {
        Trace trace;
        const LaneId reader = trace.addLane(LaneKind::Task, "reader", 0);
        const LaneId sleeper = trace.addLane(LaneKind::Task, "sleeper", 0);
        trace.changeTask(reader, [](TaskFacts &facts) {
            facts.file = std::make_unique<FileFacts>();
            facts.file->bytes = 300;
        });
        QCOMPARE(trace.totals().bytes, std::uint64_t(300));
        trace.changeTask(reader, [](TaskFacts &facts) { facts.file->bytes = 200; });
        QCOMPARE(trace.totals().bytes, std::uint64_t(200));
        QCOMPARE(trace.totals().files, std::size_t(1));
        QCOMPARE(trace.totals()[Outcome::Unfinished], std::size_t(2));
        QVERIFY(trace.endedTasks().empty());

        trace.changeTask(sleeper, [](TaskFacts &facts) { facts.outcome = Outcome::Failed; });
        trace.changeTask(reader, [](TaskFacts &facts) { facts.outcome = Outcome::Done; });
        trace.changeTask(reader, [&trace](TaskFacts &facts) { facts.note = trace.internName("changed while read"); });
        QCOMPARE(trace.endedTasks(), (std::vector<LaneId>{sleeper, reader}));
        QCOMPARE(trace.totals()[Outcome::Failed], std::size_t(1));
        QCOMPARE(trace.totals()[Outcome::Done], std::size_t(1));
        QCOMPARE(trace.totals()[Outcome::Unfinished], std::size_t(0));
    }

    // A run can have hundreds of thousands of them.
    void aLaneTakesLittleMemory()
    {
        constexpr std::size_t lanes = 10'000;
        Trace trace;
        const std::size_t before = trace.byteSize();
        for (std::size_t i = 0; i < lanes; ++i) {
            const LaneId task = trace.addLane(LaneKind::Task, "sleeper " + std::to_string(i), 0);
            for (const Nanoseconds at : {0, 1, 2, 3, 4})
                trace.enter(task, at, State::Ready, 0, noLane);
            trace.end(task, 5);
            trace.changeTask(task, [&trace](TaskFacts &facts) { facts.result = trace.internName("Finished sleeping"); });
        }
        QVERIFY(trace.byteSize() - before <= lanes * 250);
        QVERIFY(trace.byteSize() - before >= lanes * (sizeof(Lane) + 5 * 20));
        QCOMPARE(trace.nameOf(lanes), std::string_view("sleeper 9999"));
    }

    void roomForSpansCountsAsMemory()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "t", 0);
        const std::size_t before = trace.byteSize();
        trace.reserveSpans(task, 10);
        QCOMPARE(trace.byteSize() - before, std::size_t(10 * 20));
        QCOMPARE(trace.spanCount(task), std::size_t(0));
        trace.enter(task, 0, State::Ready, 0, noLane);
        trace.end(task, 5);
        QCOMPARE(trace.byteSize() - before, std::size_t(10 * 20));
        QCOMPARE(trace.spanCount(task), std::size_t(1));
    }

    void roomForSpansHasItsLimit()
    {
        Trace trace;
        trace.setMemoryLimit(1'000'000);
        for (int i = 0; i < 20'000; ++i)
            trace.reserveSpans(trace.addLane(LaneKind::Task, "t", 0), 8);
        std::size_t bytes = 0;
        for (const LaneId task : trace.tasks())
            bytes += trace.lane(task).spans.byteSize();
        QVERIFY2(bytes > 0 && bytes < 1'000'000, qPrintable(QString::number(bytes)));
        QCOMPARE(trace.info().notes.size(), std::size_t(1));
    }

    // What a run holds is 20 bytes a span, summaries and room for more another four at most.
    void aSpanTakesLittleMemory()
    {
        Trace trace;
        QCOMPARE(trace.bytesASpan(), 0.0);
        const std::size_t before = trace.byteSize();
        for (int lane = 0; lane < 20; ++lane)
            addBusyTask(trace, 5'000 + 100 * lane);
        QVERIFY2(trace.bytesASpan() >= 20 && trace.bytesASpan() <= 24, qPrintable(QString::number(trace.bytesASpan())));
        QVERIFY(trace.byteSize() - before >= trace.spanCount() * 20);
    }

    void whatThereIsNoMemoryForIsCountedAndTold()
    {
        Trace trace;
        trace.setMemoryLimit(trace.byteSize() + 100'000);
        const LaneId task = addBusyTask(trace, 10'000);
        const std::size_t kept = trace.lane(task).spans.size();
        QVERIFY(kept > 3'000 && kept < 10'000);
        QCOMPARE(trace.info().spansNotKept, 10'000 - kept);
        QCOMPARE(trace.info().notes.size(), std::size_t(1));
        QVERIFY(trace.lane(task).incomplete);
        QCOMPARE(trace.lane(task).end(), Nanoseconds(10'000));

        const std::size_t full = trace.byteSize();
        trace.addWake({5, loopLaneId, task});
        addBusyTask(trace, 10'000);
        QCOMPARE(trace.info().spansNotKept, 10'000 - kept + 1 + 10'000);
        QCOMPARE(trace.info().notes.size(), std::size_t(1));
        QVERIFY(trace.wakes().empty());
        QVERIFY(trace.byteSize() <= full + 1'000);
    }

    void whatIsOutOfRangeIsCountedAndTold()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "long", 0);
        trace.enter(task, 0, State::Running, 0, noLane);
        trace.enter(task, 10, State::Awaiting, 0, noLane);
        trace.end(task, latestTime + 1);
        QCOMPARE(trace.lane(task).spans.size(), std::size_t(1));
        QCOMPARE(trace.info().spansNotKept, std::uint64_t(1));
        QCOMPARE(trace.info().notes.size(), std::size_t(1));
        QVERIFY(trace.lane(task).incomplete);
    }

    void timesOfSpansIncludeTheOpenOne()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        trace.enter(task, 0, State::Running, 0, noLane);
        trace.enter(task, 10, State::Awaiting, 0, noLane);
        trace.advanceTo(25);
        QCOMPARE(trace.timesOf(task, 0, 1)[State::Running], Nanoseconds(10));
        QCOMPARE(trace.timesOf(task, 0, 1)[State::Awaiting], Nanoseconds(0));
        QCOMPARE(trace.timesOf(task, 1, 2)[State::Awaiting], Nanoseconds(15));
        QCOMPARE(trace.timesOf(task, 0, 2).total(), Nanoseconds(25));
    }

    // As of a file whose lanes are open for years.
    void sumsOfTimesEndAtTheLargest()
    {
        constexpr Nanoseconds largest = std::numeric_limits<Nanoseconds>::max();
        StateTimes times;
        times.add(State::Running, largest);
        times.add(State::Running, 1);
        times.add(State::Ready, 5);
        QCOMPARE(times[State::Running], largest);
        QCOMPARE(times.total(), largest);
        times += times;
        QCOMPARE(times[State::Running], largest);
        QCOMPARE(times[State::Ready], Nanoseconds(10));
    }

    void sitesAreKeptOnce()
    {
        Trace trace;
        const SiteId site = trace.internSite("timer", "jobs.cpp", "run", 12);
        QCOMPARE(trace.internSite("timer", "jobs.cpp", "run", 12), site);
        QVERIFY(trace.internSite("timer", "jobs.cpp", "run", 13) != site);
        QCOMPARE(trace.reason(site), std::string("timer"));
    }

    void wakesAreInOrderOfTimeHoweverTheyCome()
    {
        Trace trace;
        trace.addWakes({{10, 0, 1}, {30, 0, 1}, {50, 0, 1}});
        trace.addWakes({{40, 0, 2}, {20, 0, 2}, {60, 0, 2}, {30, 0, 2}});
        std::vector<std::pair<Nanoseconds, LaneId>> wakes;
        for (const Wake &wake : trace.wakes())
            wakes.emplace_back(wake.at, wake.to);
        const std::vector<std::pair<Nanoseconds, LaneId>> expected{{10, 1}, {20, 2}, {30, 1}, {30, 2}, {40, 2}, {50, 1}, {60, 2}};
        QCOMPARE(wakes, expected);
    }
};

QTEST_GUILESS_MAIN(TraceTest)
#include "trace_test.moc"
