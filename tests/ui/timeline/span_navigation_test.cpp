#include "tests/support/sample_trace.h"
#include "ui/timeline/span_navigation.h"

#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

} // namespace

class SpanNavigationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // As in a replay that has not come to what is selected.
    void aSpanThatIsNotThereLeadsNowhere()
    {
        Trace trace;
        const LaneId task = test::addTask(trace, "task", "ready 0 5, running 5 9");
        trace.end(task, 9 * nanosecondsPerMillisecond);
        const std::size_t beyond = trace.spanCount(task);
        QVERIFY(!causeOf(trace, {task, beyond}));
        QVERIFY(!effectOf(trace, {task, beyond}));
        QCOMPARE(rangeOf(trace, task, beyond), rangeOf(trace, task, std::nullopt));
    }

    void neighboursStopAtTheEnds()
    {
        const auto trace = test::articleTrace();
        const LaneId lane = trace->tasks().front();
        const std::size_t last = trace->spanCount(lane) - 1;
        const TimeRange visible{500 * ms, 1100 * ms};
        QCOMPARE(neighbourSpan(*trace, lane, 3, 1, visible), (SpanPlace{lane, 4}));
        QCOMPARE(neighbourSpan(*trace, lane, 0, -1, visible), (SpanPlace{lane, 0}));
        QCOMPARE(neighbourSpan(*trace, lane, last, 1, visible), (SpanPlace{lane, last}));
    }

    void withoutASpanTheFirstSeenIsTaken()
    {
        const auto trace = test::articleTrace();
        const LaneId lane = trace->tasks().front();
        QCOMPARE(neighbourSpan(*trace, lane, {}, 1, {550 * ms, 1000 * ms}), (SpanPlace{lane, 4}));
        QCOMPARE(neighbourSpan(*trace, lane, {}, -1, {550 * ms, 605 * ms}), (SpanPlace{lane, 5}));
        QCOMPARE(neighbourSpan(*trace, noLane, {}, 1, {0, 1}), std::nullopt);
        QCOMPARE(neighbourSpan(Trace(), loopLaneId, {}, 1, {0, 1}), std::nullopt);
    }

    void causeAndEffectLeadToEachOther()
    {
        const auto trace = test::articleTrace();
        const LaneId photo = trace->tasks()[1];
        const auto cause = causeOf(*trace, {photo, 4});
        QVERIFY(cause.has_value());
        QCOMPARE(cause->lane, LaneId(1));
        QCOMPARE(trace->span(1, cause->span).end, 3500 * ms);
        QCOMPARE(effectOf(*trace, *cause), (SpanPlace{photo, 4}));
    }

    void aWaitLeadsToWhatEndedIt()
    {
        Trace trace;
        const LaneId waker = test::addTask(trace, "waker", "running 0 10, awaiting 10 90");
        const LaneId task = test::addTask(trace, "task", "awaiting 0 5,running 5 6,awaiting 6 8,ready 8 9 #1,running 9 10,ready 10 11 #2");
        trace.addWakes({{5 * ms, waker, task}, {8 * ms, waker, task}, {10 * ms, task, task}});
        QCOMPARE(wakeOf(trace, {task, 0}), (std::optional<Wake>({5 * ms, waker, task}))); // no ready span tells of it
        QCOMPARE(wakeOf(trace, {task, 1}), (std::optional<Wake>({5 * ms, waker, task})));
        QCOMPARE(wakeOf(trace, {task, 2}), (std::optional<Wake>({8 * ms, waker, task})));
        QCOMPARE(causeOf(trace, {task, 2}), (SpanPlace{waker, 0}));
        QVERIFY(!wakeOf(trace, {task, 5})); // it gave way by itself
        QVERIFY(!wakeOf(trace, {loopLaneId, 0}));
    }

    // A callback of endless blocking jobs: what woke its task is looked for in bounds.
    void aCauseThatIsFarAwayIsNotLookedFor()
    {
        Trace trace;
        const LaneId waker = test::addTask(trace, "waker", "running 0 10");
        const LaneId task = trace.addLane(LaneKind::Task, "task", 0);
        trace.enter(task, 0, State::Ready, 0, waker);
        for (Nanoseconds at = 1; at < 200'000; ++at)
            trace.enter(task, at, at % 2 == 0 ? State::Blocking : State::Running, 0, noLane);
        trace.end(task, 200'000);
        QCOMPARE(wakeOf(trace, {task, 50'000}), (std::optional<Wake>({0, waker, task})));
        QVERIFY(!wakeOf(trace, {task, 199'000}));
    }

    void thereMayBeNoCause()
    {
        const auto trace = test::articleTrace();
        QCOMPARE(causeOf(*trace, {trace->tasks().front(), 0}), std::nullopt);
        QCOMPARE(effectOf(*trace, {trace->tasks().front(), 0}), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(SpanNavigationTest)
#include "span_navigation_test.moc"
