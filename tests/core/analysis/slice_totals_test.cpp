#include "core/analysis/slice_totals.h"

#include <QTest>

#include <limits>
#include <random>
#include <set>
#include <stop_token>

using namespace loopscope;

namespace {

// A thread with rows, of slices that are named alike.
struct Slices {
    Trace trace{TraceOrigin::Import};
    LaneId thread = trace.addLane(LaneKind::Thread, "main", 0);

    LaneId row()
    {
        const LaneId lane = trace.addLane(LaneKind::Row, "main", 0);
        trace.changeTask(lane, [this](TaskFacts &facts) { facts.parent = thread; });
        return lane;
    }
    void slice(LaneId lane, Nanoseconds begin, Nanoseconds end)
    {
        trace.appendSpan(lane, {begin, end, State::Slice, trace.internSite("work", {}, {}, 0), noEvent});
    }
    [[nodiscard]] LaneTotals ofThread()
    {
        (void)trace.sumUpRows();
        return sliceTotals(trace).lanes.at(0);
    }
};

} // namespace

class SliceTotalsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsNestedIsCoveredOnce()
    {
        Slices slices;
        slices.slice(slices.thread, 0, 100);
        slices.slice(slices.row(), 10, 30);
        QCOMPARE(slices.ofThread().covered, Nanoseconds(100));
        QCOMPARE(slices.ofThread().slices, std::uint64_t(2));
    }

    void whatOnlyOverlapsIsCoveredToo()
    {
        Slices slices;
        slices.slice(slices.thread, 0, 10);
        slices.slice(slices.row(), 5, 1005);
        slices.slice(slices.thread, 2000, 2001);
        QCOMPARE(slices.ofThread().covered, Nanoseconds(1006));
    }

    void concurrentOperationsAreCoveredOnceTogether()
    {
        Slices slices;
        const LaneId second = slices.row();
        const LaneId third = slices.row();
        slices.slice(slices.thread, 10, 20);
        slices.slice(slices.thread, 50, 60);
        slices.slice(second, 15, 55); // over a gap, into the next one
        slices.slice(second, 58, 90);
        slices.slice(third, 16, 19);
        slices.slice(third, 30, 70);
        slices.slice(third, 95, 99);
        QCOMPARE(slices.ofThread().covered, Nanoseconds(80 + 4));
    }

    // Within the thread's own slices, beside them, in rows that have none any more, without an end: against each instant by itself.
    void anyRowsCoverWhatOneCounts()
    {
        for (unsigned seed = 0; seed < 200; ++seed) {
            std::mt19937 random(seed);
            const auto upTo = [&random](int most) { return static_cast<Nanoseconds>(random() % static_cast<unsigned>(most + 1)); };
            Slices slices;
            std::set<Nanoseconds> covered;
            const int rows = static_cast<int>(upTo(5));
            for (int row = 0; row <= rows; ++row) {
                const LaneId lane = row == 0 ? slices.thread : slices.row();
                Nanoseconds at = 0;
                for (auto left = upTo(20); left > 0; --left) {
                    const Nanoseconds begin = at + upTo(9);
                    at = begin + upTo(9);
                    slices.slice(lane, begin, at);
                    for (Nanoseconds instant = begin; instant < at; ++instant)
                        covered.insert(instant);
                }
            }
            QCOMPARE(slices.ofThread().covered, static_cast<Nanoseconds>(covered.size()));
        }
    }

    void summingUpEndsWhenToldToOrAtItsBound()
    {
        Slices slices;
        for (Nanoseconds at = 0; at < 100'000; at += 10)
            slices.slice(slices.thread, at, at + 5);
        slices.slice(slices.row(), 0, 100'000); // in each gap
        const std::size_t before = slices.trace.byteSize();
        std::stop_source stop;
        QVERIFY(slices.trace.sumUpRows(stop.get_token()));
        const std::size_t after = slices.trace.byteSize();
        QVERIFY(after > before);
        QVERIFY(slices.trace.sumUpRows(stop.get_token(), after));
        QVERIFY(!slices.trace.sumUpRows(stop.get_token(), after - 1));
        stop.request_stop();
        QVERIFY(!slices.trace.sumUpRows(stop.get_token()));
    }

    void sumsOfTimesDoNotOverflow()
    {
        Slices slices;
        slices.slice(slices.thread, 0, latestTime);
        for (int i = 0; i < 2048; ++i)
            slices.slice(slices.row(), 0, latestTime);
        QVERIFY(slices.trace.sumUpRows());
        QCOMPARE(sliceTotals(slices.trace).names.at(0).time, std::numeric_limits<Nanoseconds>::max());
        QCOMPARE(slices.ofThread().covered, latestTime);
    }
};

QTEST_GUILESS_MAIN(SliceTotalsTest)
#include "slice_totals_test.moc"
