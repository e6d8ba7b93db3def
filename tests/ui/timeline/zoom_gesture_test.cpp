#include "ui/timeline/zoom_gesture.h"

#include <QRandomGenerator>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds second = nanosecondsPerSecond;

} // namespace

class ZoomGestureTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theInstantUnderTheCursorStaysToThePixel_data()
    {
        QTest::addColumn<int>("columns");
        QTest::addColumn<Nanoseconds>("runLength");
        for (const int columns : {300, 1237, 1704, 3408, 4000}) {
            for (const Nanoseconds length : {second / 100, 10 * second, 86'400 * second})
                QTest::addRow("%d columns of %lld ns", columns, static_cast<long long>(length)) << columns << length;
        }
    }

    void theInstantUnderTheCursorStaysToThePixel()
    {
        QFETCH(int, columns);
        QFETCH(Nanoseconds, runLength);
        QRandomGenerator random(7);
        for (int round = 0; round < 40; ++round) {
            Viewport viewport;
            viewport.setExtent({0, runLength}, false);
            // Somewhere in the run, at any zoom.
            viewport.zoomAt(random.bounded(static_cast<qint64>(runLength)), 1 + random.bounded(1000.0));
            ZoomGesture gesture;
            const int column = random.bounded(columns);
            const Nanoseconds at = timeOfColumn({viewport.range(), columns}, column);
            const TimeRange whole = {-runLength, 2 * runLength};
            if (!TimeRange{0, runLength}.contains(at))
                continue;
            for (int step = 0; step < 120; ++step) {
                gesture.zoom(viewport, {viewport.range(), columns}, column, random.bounded(2) == 0 ? 1.25 : 1 / 1.1);
                QVERIFY(!viewport.range().intersected(whole).isEmpty());
                if (viewport.range().length() > runLength)
                    break; // all of it is visible, and has its own place
                QCOMPARE(columnOfTime({viewport.range(), columns}, at), column);
            }
        }
    }

    void inAndOutAgainIsWhereItWas()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, false);
        viewport.setRange({3 * second, 4 * second});
        const TimeRange before = viewport.range();
        ZoomGesture gesture;
        for (const double factor : {1.25, 1 / 1.25}) {
            for (int i = 0; i < 20; ++i)
                gesture.zoom(viewport, {viewport.range(), 1000}, 700, factor);
        }
        QVERIFY(std::abs(viewport.range().begin - before.begin) <= 2);
        QVERIFY(std::abs(viewport.range().end - before.end) <= 2);
    }

    void stepsAgainstALimitDoNotCount()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, false);
        ZoomGesture gesture;
        for (int i = 0; i < 200; ++i)
            gesture.zoom(viewport, {viewport.range(), 1000}, 400, 1.25);
        QCOMPARE(viewport.range().length(), Viewport::shortestRange);
        gesture.zoom(viewport, {viewport.range(), 1000}, 400, 0.5);
        QVERIFY(viewport.range().length() > Viewport::shortestRange * 19 / 10);
    }
};

QTEST_GUILESS_MAIN(ZoomGestureTest)
#include "zoom_gesture_test.moc"
