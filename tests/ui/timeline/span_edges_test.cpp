#include "tests/support/sample_trace.h"
#include "ui/timeline/span_edges.h"

#include <QTest>

#include <array>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

} // namespace

class SpanEdgesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theNearestEdgeIsFound_data()
    {
        QTest::addColumn<Nanoseconds>("at");
        QTest::addColumn<Nanoseconds>("edge");
        QTest::newRow("before the first span") << Nanoseconds(0) << 10 * ms;
        QTest::newRow("at an edge") << 20 * ms << 20 * ms;
        QTest::newRow("after the begin") << 22 * ms << 20 * ms;
        QTest::newRow("before the end") << 38 * ms << 40 * ms;
        QTest::newRow("in a gap, nearer to what is before") << 44 * ms << 40 * ms;
        QTest::newRow("in a gap, nearer to what follows") << 46 * ms << 50 * ms;
        QTest::newRow("as near to both") << 45 * ms << 40 * ms;
        QTest::newRow("in the span that goes on, whose end is none") << 200 * ms << 50 * ms;
    }

    void theNearestEdgeIsFound()
    {
        QFETCH(Nanoseconds, at);
        QFETCH(Nanoseconds, edge);
        Trace trace;
        const LaneId task = test::addTask(trace, "task", "running 10 20, in_worker 20 40 #1");
        trace.leave(task, 40 * ms);
        trace.enter(task, 50 * ms, State::Awaiting, 0, noLane);
        trace.advanceTo(201 * ms);
        QCOMPARE(nearestSpanEdge(trace, task, at), std::optional<Nanoseconds>(edge));
    }

    void aLaneWithoutSpansHasNoEdge()
    {
        Trace trace;
        const LaneId task = trace.addLane(LaneKind::Task, "new", 0);
        QCOMPARE(nearestSpanEdge(trace, task, 5), std::nullopt);
    }

    void theLaneUnderTheMouseGoesFirst()
    {
        Trace trace;
        const LaneId mine = test::addTask(trace, "mine", "running 0 10, ready 10 20");
        const LaneId other = test::addTask(trace, "other", "running 0 12, ready 12 30");
        const std::array others{other};
        QCOMPARE(snapped(trace, mine, others, 12 * ms, 3 * ms), 10 * ms);
        QCOMPARE(snapped(trace, mine, others, 13 * ms, 2 * ms), 12 * ms);
        QCOMPARE(snapped(trace, noLane, others, 11 * ms, 2 * ms), 12 * ms);
        QCOMPARE(snapped(trace, mine, others, 16 * ms, 1 * ms), 16 * ms);
        QCOMPARE(snapped(trace, noLane, {}, 16 * ms, 10 * ms), 16 * ms);
    }
};

QTEST_GUILESS_MAIN(SpanEdgesTest)
#include "span_edges_test.moc"
