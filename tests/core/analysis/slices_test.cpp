#include "core/analysis/slices.h"

#include <QTest>

using namespace loopscope;

namespace {

// A thread with two rows:  outer [0, 100) { a [10, 30) { inner [12, 20) }, b [30, 60) }, last [100, 110)
struct NestedSlices {
    Trace trace{TraceOrigin::Import};
    LaneId thread = trace.addLane(LaneKind::Thread, "main", 0);
    LaneId first = row();
    LaneId second = row();

    NestedSlices()
    {
        slice(thread, "outer", 0, 100);
        slice(first, "a", 10, 30);
        slice(second, "inner", 12, 20);
        slice(first, "b", 30, 60);
        slice(thread, "last", 100, 110);
    }

    LaneId row()
    {
        const LaneId lane = trace.addLane(LaneKind::Row, "main", 0);
        trace.changeTask(lane, [this](TaskFacts &facts) { facts.parent = thread; });
        return lane;
    }

    void slice(LaneId lane, std::string_view name, Nanoseconds begin, Nanoseconds end)
    {
        trace.appendSpan(lane, {begin, end, State::Slice, trace.internSite(name, {}, {}, 0), noEvent});
    }
};

} // namespace

class SlicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void selfTimeLeavesOutWhatIsDirectlyInside()
    {
        const NestedSlices nested;
        QCOMPARE(selfTime(nested.trace, {nested.thread, 0}), Nanoseconds(50));
        QCOMPARE(selfTime(nested.trace, {nested.first, 0}), Nanoseconds(12));
        QCOMPARE(selfTime(nested.trace, {nested.second, 0}), Nanoseconds(8));
    }

    void theOuterSliceIsTheOneAround()
    {
        const NestedSlices nested;
        QCOMPARE(outerSlice(nested.trace, {nested.second, 0}), (SpanPlace{nested.first, 0}));
        QCOMPARE(outerSlice(nested.trace, {nested.first, 1}), (SpanPlace{nested.thread, 0}));
        QVERIFY(!outerSlice(nested.trace, {nested.thread, 0}));
    }

    void whatOnlyOverlapsIsNotNested()
    {
        NestedSlices nested;
        nested.slice(nested.thread, "early", 200, 210);
        nested.slice(nested.first, "long", 205, 300); // overlaps both
        nested.slice(nested.thread, "late", 290, 310);
        nested.slice(nested.second, "in both", 292, 294);
        QCOMPARE(selfTime(nested.trace, {nested.thread, 2}), Nanoseconds(10));
        QCOMPARE(selfTime(nested.trace, {nested.thread, 3}), Nanoseconds(18));
        QCOMPARE(selfTime(nested.trace, {nested.first, 2}), Nanoseconds(93));
        QVERIFY(!outerSlice(nested.trace, {nested.first, 2}));
        QCOMPARE(outerSlice(nested.trace, {nested.second, 1}), (SpanPlace{nested.first, 2}));
    }

    void whatIsNestedInSeveralRowsCountsOnce()
    {
        NestedSlices nested;
        nested.slice(nested.thread, "operation", 200, 300);
        nested.slice(nested.first, "step", 210, 220);
        nested.slice(nested.second, "concurrent step", 215, 230);
        QCOMPARE(selfTime(nested.trace, {nested.thread, 2}), Nanoseconds(80));
        QCOMPARE(outerSlice(nested.trace, {nested.second, 1}), (SpanPlace{nested.thread, 2}));
    }

    void theInnermostSliceIsFoundAtItsEdgesToo()
    {
        const NestedSlices nested;
        QCOMPARE(sliceAt(nested.trace, nested.thread, 15), (SpanPlace{nested.second, 0}));
        QCOMPARE(sliceAt(nested.trace, nested.thread, 5), (SpanPlace{nested.thread, 0}));
        QCOMPARE(sliceAt(nested.trace, nested.thread, 30), (SpanPlace{nested.first, 1})); // not a, which ends there
        QCOMPARE(sliceAt(nested.trace, nested.thread, 110), (SpanPlace{nested.thread, 1}));
        QCOMPARE(sliceAt(nested.trace, nested.first, 15), (SpanPlace{nested.first, 0})); // of one row
        QVERIFY(!sliceAt(nested.trace, nested.thread, 111));
        QVERIFY(!sliceAt(nested.trace, noLane, 0));
    }

    void namesAreRankedByTheirTime()
    {
        NestedSlices nested;
        nested.slice(nested.first, "a", 70, 90);
        const ThreadNames top = topNames(nested.trace, nested.thread, 2, 1000);
        QVERIFY(top.isWhole);
        QCOMPARE(top.names.size(), std::size_t(2));
        QCOMPARE(nested.trace.name(top.names[0].name), std::string("outer"));
        QCOMPARE(nested.trace.name(top.names[1].name), std::string("a"));
        QCOMPARE(top.names[1].count, std::size_t(2));
        QCOMPARE(top.names[1].total, Nanoseconds(40));
    }

    void manySlicesAreNotAllLookedAt()
    {
        const NestedSlices nested;
        const ThreadNames top = topNames(nested.trace, nested.thread, 10, 3);
        QVERIFY(!top.isWhole);
        std::size_t slices = 0;
        for (const NameTotal &name : top.names)
            slices += name.count;
        QCOMPARE(slices, std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(SlicesTest)
#include "slices_test.moc"
