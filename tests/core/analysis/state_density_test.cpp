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

    void slicesAreDividedByTheClassesOfTheirNames()
    {
        Trace trace(TraceOrigin::Import);
        const LaneId thread = trace.addLane(LaneKind::Thread, "thread", 0);
        const LaneId row = trace.addLane(LaneKind::Row, "thread", 0);
        trace.changeTask(row, [thread](TaskFacts &facts) { facts.parent = thread; });
        const auto add = [&trace](LaneId lane, TimeRange range, State state, std::string_view name) {
            trace.enter(lane, range.begin, state, trace.internSite(name, "", "", 0), noEvent);
            trace.leave(lane, range.end);
        };
        add(thread, {0, 40}, State::Slice, "outer");
        add(row, {5, 25}, State::Slice, "inner");
        add(thread, {50, 58}, State::Blocking, "");
        trace.advanceTo(60);
        const SliceClasses classes{2, [](std::string_view name) { return static_cast<std::uint8_t>(name == "inner" ? 1 : 0); }};
        for (const std::size_t steps : {std::size_t(1), std::size_t(2), SIZE_MAX}) {
            StateDensity density(trace, {0, 60}, 6, classes);
            while (!density.advance(trace, steps)) { }
            std::array<Nanoseconds, 6> outer{};
            std::array<Nanoseconds, 6> inner{};
            for (std::size_t column = 0; column < 6; ++column) {
                outer[column] = density.sliceTime(static_cast<int>(column), 0);
                inner[column] = density.sliceTime(static_cast<int>(column), 1);
                QCOMPARE(density.column(static_cast<int>(column))[State::Slice], outer[column] + inner[column]);
            }
            QCOMPARE(outer, (std::array<Nanoseconds, 6>{5, 0, 5, 10, 0, 0}));
            QCOMPARE(inner, (std::array<Nanoseconds, 6>{5, 10, 5, 0, 0, 0}));
            QCOMPARE(density.column(5)[State::Blocking], Nanoseconds(8));
            QCOMPARE(density.column(5).total(), Nanoseconds(8));
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
