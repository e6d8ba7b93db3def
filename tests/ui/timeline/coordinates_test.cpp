#include "ui/timeline/coordinates.h"

#include <QTest>

#include <algorithm>
#include <numeric>

using namespace loopscope;

class CoordinatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundTrip_data()
    {
        QTest::addColumn<qint64>("begin");
        QTest::addColumn<qint64>("end");
        QTest::addColumn<int>("columns");
        QTest::newRow("a nanosecond a pixel") << qint64(0) << qint64(1000) << 1000;
        QTest::newRow("uneven") << qint64(17) << qint64(104'729) << 997;
        QTest::newRow("six seconds") << qint64(-300'000'000) << qint64(6'000'000'000) << 1440;
        QTest::newRow("late and narrow") << qint64(9'000'000'000'000'000'000) << qint64(9'000'000'000'000'002'000) << 1000;
        QTest::newRow("all of time") << qint64(INT64_MIN) << qint64(INT64_MAX) << 40'000;
    }
    void roundTrip()
    {
        QFETCH(const qint64, begin);
        QFETCH(const qint64, end);
        QFETCH(const int, columns);
        const TimeScale scale{{begin, end}, columns};
        for (int column = 0; column < columns; ++column) {
            const Nanoseconds at = timeOfColumn(scale, column);
            QCOMPARE(columnOfTime(scale, at), column);
            if (at > begin)
                QCOMPARE(columnOfTime(scale, at - 1), column - 1);
        }
        QCOMPARE(timeOfColumn(scale, 0), begin);
        QCOMPARE(timeOfColumn(scale, columns), end);
    }

    void edgesGiveTheSameAnswers_data()
    {
        QTest::addColumn<qint64>("begin");
        QTest::addColumn<qint64>("end");
        QTest::addColumn<int>("columns");
        QTest::newRow("columns below a nanosecond") << qint64(100) << qint64(107) << 40;
        QTest::newRow("uneven") << qint64(17) << qint64(104'729) << 997;
        QTest::newRow("six seconds") << qint64(-300'000'000) << qint64(6'000'000'000) << 1440;
        QTest::newRow("52 days") << qint64(0) << (qint64(1) << 52) << 40'000;
        QTest::newRow("late and narrow") << qint64(9'000'000'000'000'000'000) << qint64(9'000'000'000'000'002'000) << 1000;
        QTest::newRow("all of time") << qint64(INT64_MIN) << qint64(INT64_MAX) << 4'000;
    }
    void edgesGiveTheSameAnswers()
    {
        QFETCH(const qint64, begin);
        QFETCH(const qint64, end);
        QFETCH(const int, columns);
        const TimeScale scale{{begin, end}, columns};
        const ColumnEdges edges(scale);
        for (int column = 0; column <= columns; ++column) {
            QCOMPARE(edges[column], timeOfColumn(scale, column));
            for (const Nanoseconds offset : {-1, 0, 1, 3}) {
                const Nanoseconds at = edges[column] + (edges[column] > INT64_MAX - 3 ? -1 : edges[column] == INT64_MIN ? 0 : offset);
                const int expected = std::clamp(columnOfTime(scale, at), 0, columns - 1);
                QCOMPARE(edges.columnAt(at), expected);
                for (const int before : {0, 1, 2, 3, expected})
                    QCOMPARE(edges.columnAt(at, std::max(0, expected - before)), expected);
                QCOMPARE(edges.nearestTo(at), nearestEdge(scale, at));
            }
            if (column == columns)
                break;
            const Nanoseconds middle = std::midpoint(edges[column], edges[column + 1]); // where two edges are as near
            for (const Nanoseconds offset : {-1, 0, 1})
                QCOMPARE(edges.nearestTo(middle + offset), nearestEdge(scale, middle + offset));
        }
    }

    void edgesOfFarTimesAreTheSame()
    {
        for (const TimeScale &scale :
             {TimeScale{{0, 1}, 1000}, TimeScale{{-5, 1'000'000}, 1440}, TimeScale{{INT64_MAX - 10, INT64_MAX}, 7}}) {
            const ColumnEdges edges(scale);
            for (const Nanoseconds far : {Nanoseconds(1) << 40, (Nanoseconds(1) << 52) - 1, Nanoseconds(1) << 52, INT64_MAX}) {
                QCOMPARE(edges.nearestTo(far), nearestEdge(scale, far));
                QCOMPARE(edges.nearestTo(-far), nearestEdge(scale, -far));
            }
        }
    }

    void edgesAreRounded()
    {
        const TimeScale scale{{0, 1000}, 100};
        QCOMPARE(nearestEdge(scale, 14), 1);
        QCOMPARE(nearestEdge(scale, 15), 2);
        QCOMPARE(nearestEdge(scale, -4), 0);
        QCOMPARE(nearestEdge(scale, -6), -1);
    }

    void farTimesAreClamped()
    {
        const TimeScale scale{{0, 1}, 1000};
        QCOMPARE(columnOfTime(scale, INT64_MAX), columnLimit);
        QCOMPARE(columnOfTime(scale, INT64_MIN), -columnLimit);
        QCOMPARE(timeOfColumn({{INT64_MAX - 10, INT64_MAX}, 1}, 5), INT64_MAX);
    }

    void noRangeIsTooShort()
    {
        QCOMPARE(atLeastOneNanosecond({5, 5}), (TimeRange{5, 6}));
        QCOMPARE(atLeastOneNanosecond({INT64_MAX, INT64_MAX}), (TimeRange{INT64_MAX - 1, INT64_MAX}));
        QCOMPARE(atLeastOneNanosecond({5, 9}), (TimeRange{5, 9}));
    }
};

QTEST_GUILESS_MAIN(CoordinatesTest)
#include "coordinates_test.moc"
