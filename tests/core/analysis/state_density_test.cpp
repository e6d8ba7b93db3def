#include "core/analysis/state_density.h"

#include <QTest>

#include <random>

using namespace loopscope;

namespace {

void fill(Trace &trace, int tasks, int spans)
{
    std::mt19937 random(5); // NOLINT(cert-msc32-c,cert-msc51-cpp): the same trace every time
    for (int task = 0; task < tasks; ++task) {
        const LaneId lane = trace.addLane(LaneKind::Task, "task", 0);
        Nanoseconds at = task * 10;
        for (int span = 0; span < spans; ++span) {
            trace.enter(lane, at, taskStates[random() % taskStates.size()], 0, noLane);
            at += random() % 3 == 0 ? random() % 300 : random() % 4;
        }
        trace.end(lane, at);
        trace.advanceTo(std::max(trace.now(), at));
    }
}

StateDensity made(const Trace &trace, TimeRange range, int columns, std::size_t steps)
{
    StateDensity density(trace, range, columns);
    while (!density.advance(trace, steps)) { }
    return density;
}

} // namespace

class StateDensityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyColumnHoldsItsTimes_data()
    {
        QTest::addColumn<int>("spans");
        QTest::addColumn<int>("columns");
        QTest::addColumn<quint64>("steps");
        QTest::newRow("spans longer than columns") << 40 << 300 << quint64(SIZE_MAX);
        QTest::newRow("many spans a column") << 900 << 7 << quint64(SIZE_MAX);
        QTest::newRow("in small slices") << 60 << 11 << quint64(1);
        QTest::newRow("one column") << 20 << 1 << quint64(3);
    }

    void everyColumnHoldsItsTimes()
    {
        QFETCH(int, spans);
        QFETCH(int, columns);
        QFETCH(quint64, steps);
        Trace trace;
        fill(trace, 5, spans);
        const TimeRange range{37, trace.now() - 11};
        const StateDensity density = made(trace, range, columns, steps);
        QCOMPARE(density.edge(0), range.begin);
        QCOMPARE(density.edge(columns), range.end);
        for (int column = 0; column < columns; ++column) {
            StateTimes expected;
            for (const LaneId task : trace.tasks())
                expected += trace.timesIn(task, {density.edge(column), density.edge(column + 1)});
            QCOMPARE(density.column(column), expected);
        }
    }

    void aColumnMayBeNarrowerThanANanosecond()
    {
        Trace trace;
        const LaneId lane = trace.addLane(LaneKind::Task, "task", 0);
        trace.enter(lane, 0, State::Blocking, 0, noLane);
        trace.end(lane, 3);
        const StateDensity density = made(trace, {0, 3}, 10, 100);
        Nanoseconds sum = 0;
        for (int column = 0; column < 10; ++column)
            sum += density.column(column)[State::Blocking];
        QCOMPARE(sum, Nanoseconds(3));
    }

    void nothingIsDoneAtOnce()
    {
        const Trace trace;
        QVERIFY(StateDensity().isDone());
        QVERIFY(StateDensity(trace, {0, 10}, 4).isDone());
    }
};

QTEST_GUILESS_MAIN(StateDensityTest)
#include "state_density_test.moc"
