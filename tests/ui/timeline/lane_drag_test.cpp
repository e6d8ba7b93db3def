#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/lane_drag.h"

#include <QTest>

using namespace loopscope;

class LaneDragTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Of eight tasks, each 26 high from 70 on, the third.
    void theNearestEdgeIsThePlace_data()
    {
        QTest::addColumn<int>("y");
        QTest::addColumn<int>("index"); // −1: stays
        QTest::addColumn<int>("line");
        QTest::newRow("where it stands") << 70 + 2 * 26 + 5 << -1 << 0;
        QTest::newRow("to its lower half") << 70 + 2 * 26 + 20 << -1 << 0;
        QTest::newRow("over the lower half of the one below") << 70 + 3 * 26 + 20 << 3 << 70 + 4 * 26;
        QTest::newRow("over the upper half of the one above") << 70 + 26 + 5 << 1 << 70 + 26;
        QTest::newRow("above its group") << 3 << 0 << 70;
        QTest::newRow("below its group") << 2000 << 7 << 70 + 8 * 26;
    }

    void theNearestEdgeIsThePlace()
    {
        QFETCH(int, y);
        QFETCH(int, index);
        QFETCH(int, line);
        const auto trace = test::articleTrace();
        const LaneLayout layout(*trace, {22, 26}, {});
        const auto place = dropPlace(layout, trace->tasks()[2], y);
        QCOMPARE(place.has_value(), index >= 0);
        if (place)
            QCOMPARE(*place, (DropPlace{static_cast<std::size_t>(index), line}));
    }

    void theLoopStays()
    {
        const auto trace = test::articleTrace();
        QVERIFY(!dropPlace(LaneLayout(*trace, {22, 26}, {}), loopLaneId, 500));
    }

    // Between threads, never between a thread and its rows: main is 22 to 86, request ends at 112.
    void rowsAreDroppedWithTheirThread()
    {
        const auto trace = test::importedTrace();
        const LaneLayout layout(*trace, {22, 26, 19, 3}, {});
        const LaneId request = 5;
        QCOMPARE(dropPlace(layout, request, 30), (DropPlace{0, 22}));
        QVERIFY(!dropPlace(layout, request, 80)); // nearer to where it stands
        QCOMPARE(dropPlace(layout, 3, 110), (DropPlace{3, 112}));
        QVERIFY(!dropPlace(layout, 3, 60));
    }
};

QTEST_GUILESS_MAIN(LaneDragTest)
#include "lane_drag_test.moc"
