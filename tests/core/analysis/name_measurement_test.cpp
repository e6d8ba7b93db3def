#include "core/analysis/name_measurement.h"

#include <QTest>

#include <array>

using namespace loopscope;

namespace {

constexpr std::array names{"alpha", "beta", "gamma"};

// Two threads of a process, the first with a row: slices of three names in turn, 10 long, one every 20; those of the row 5 long.
struct ThreadsTrace {
    Trace trace{TraceOrigin::Import};
    LaneId first = lane(LaneKind::Thread, noLane);
    LaneId row = lane(LaneKind::Row, first);
    LaneId second = lane(LaneKind::Thread, noLane);

    ThreadsTrace()
    {
        for (int i = 0; i < 30; ++i) {
            slice(first, i, 10);
            slice(row, i + 1, 5);
            slice(second, i + 2, 10);
        }
    }

    LaneId lane(LaneKind kind, LaneId parent)
    {
        const LaneId id = trace.addLane(kind, "t", 0);
        trace.changeTask(id, [parent](TaskFacts &facts) { facts.parent = parent; });
        return id;
    }

    void slice(LaneId id, int number, Nanoseconds length)
    {
        const Nanoseconds begin = 20 * static_cast<Nanoseconds>(trace.spanCount(id));
        const char *const name = names[static_cast<std::size_t>(number) % names.size()];
        trace.appendSpan(id, {begin, begin + length, State::Slice, trace.internSite(name, {}, {}, 0), noEvent});
    }
};

} // namespace

class NameMeasurementTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everySliceCountsUnderItsName()
    {
        const ThreadsTrace threads;
        NameMeasurement measured(threads.trace, {0, 600}, threads.first);
        QVERIFY(measured.advance(threads.trace, SIZE_MAX) || measured.advance(threads.trace, SIZE_MAX));
        QCOMPARE(measured.names().size(), names.size());
        QCOMPARE(measured.threadCount(), std::size_t(2));
        QCOMPARE(measured.all().count, std::size_t(90));
        QCOMPARE(measured.all().time, Nanoseconds(30 * 25));
        QCOMPARE(measured.all().laneCount, std::size_t(60)); // its row belongs to the thread
        for (std::size_t i = 0; i < names.size(); ++i) {
            QCOMPARE(measured.names()[i].count, std::size_t(30));
            QCOMPARE(measured.names()[i].longest, Nanoseconds(10));
            QCOMPARE(measured.lengths()[i].count(), std::size_t(30));
            QCOMPARE(measured.lengths()[i].percentile(0.5), Nanoseconds(10));
        }
    }

    void slicesCountWithWhatIsInside()
    {
        const ThreadsTrace threads;
        NameMeasurement measured(threads.trace, {25, 45}, noLane); // the second half of the second slices, and the first of the third
        while (!measured.advance(threads.trace, 1000)) { }
        QCOMPARE(measured.all().count, std::size_t(5)); // the row's second one has ended by then
        QCOMPARE(measured.all().time, Nanoseconds(2 * (5 + 5) + 5));
        QCOMPARE(measured.all().laneCount, std::size_t(0));
    }

    void theStepsDoNotMatter_data()
    {
        QTest::addColumn<int>("steps");
        for (const int steps : {1, 7, 64, 100'000})
            QTest::addRow("%d", steps) << steps;
    }

    void theStepsDoNotMatter()
    {
        QFETCH(int, steps);
        const ThreadsTrace threads;
        NameMeasurement measured(threads.trace, {30, 333}, threads.second);
        double share = 0;
        while (!measured.advance(threads.trace, static_cast<std::size_t>(steps))) {
            QVERIFY(measured.share() >= share);
            share = measured.share();
        }
        QCOMPARE(measured.share(), 1.0);
        NameMeasurement atOnce(threads.trace, {30, 333}, threads.second);
        while (!atOnce.advance(threads.trace, SIZE_MAX)) { }
        QCOMPARE(measured.names().size(), atOnce.names().size());
        for (std::size_t i = 0; i < names.size(); ++i) {
            QCOMPARE(measured.names()[i].name, atOnce.names()[i].name);
            QCOMPARE(measured.names()[i].time, atOnce.names()[i].time);
            QCOMPARE(measured.names()[i].count, atOnce.names()[i].count);
            QCOMPARE(measured.names()[i].longestAt, atOnce.names()[i].longestAt);
            QCOMPARE(measured.lengths()[i].count(), atOnce.lengths()[i].count());
        }
    }

    void lengthsAreKeptOfTheFirstNamesOnly()
    {
        const ThreadsTrace threads;
        NameMeasurement measured(threads.trace, {0, 600}, noLane, 2);
        while (!measured.advance(threads.trace, SIZE_MAX)) { }
        QCOMPARE(measured.names().size(), std::size_t(3));
        QCOMPARE(measured.lengths().size(), std::size_t(2));
        QVERIFY(measured.names()[0].time >= measured.names()[1].time);
    }

    void aTraceWithoutLanesIsMeasuredAtOnce()
    {
        const Trace empty(TraceOrigin::Import);
        NameMeasurement measured(empty, {0, 10}, noLane);
        while (!measured.advance(empty, 1)) { }
        QVERIFY(measured.names().empty());
    }
};

QTEST_GUILESS_MAIN(NameMeasurementTest)
#include "name_measurement_test.moc"
