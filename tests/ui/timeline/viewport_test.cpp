#include "ui/timeline/coordinates.h"
#include "ui/timeline/viewport.h"

#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds second = nanosecondsPerSecond;

bool covers(TimeRange outer, TimeRange inner)
{
    return outer.begin <= inner.begin && inner.end <= outer.end;
}

} // namespace

class ViewportTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsARunAndFitsItsEnd()
    {
        Viewport viewport;
        viewport.setExtent({0, 1'000'000}, true);
        QVERIFY(viewport.range().length() >= Viewport::shortestLiveRange);
        viewport.setExtent({0, 3 * second}, true);
        QVERIFY(covers(viewport.range(), {0, 3 * second}));
        QVERIFY(viewport.range().length() < 4 * second);

        viewport.setExtent({0, 1'200'000}, false); // a run of a millisecond is seen at its own scale
        QVERIFY(covers(viewport.range(), {0, 1'200'000}));
        QVERIFY(viewport.range().length() < 1'500'000);
    }

    void aFrozenRangeStays()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, true);
        viewport.setRange({2 * second, 3 * second});
        QCOMPARE(viewport.follow(), Follow::Frozen);
        viewport.setExtent({0, 20 * second}, true);
        viewport.setExtent({0, 20 * second}, false);
        QCOMPARE(viewport.range(), (TimeRange{2 * second, 3 * second}));
        viewport.fitAll();
        viewport.followLive();
        QVERIFY(covers(viewport.range(), {0, 20 * second}));
        QCOMPARE(viewport.follow(), Follow::Live);
    }

    void freezingJumpsNowhere()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, true);
        const TimeRange seen = viewport.range();
        viewport.freeze();
        QCOMPARE(viewport.range(), seen);
        viewport.setExtent({0, 20 * second}, true);
        QCOMPARE(viewport.range(), seen);
        viewport.followLive(); // nobody has zoomed, so the whole run is wanted
        QVERIFY(covers(viewport.range(), {0, 20 * second}));
    }

    void followingKeepsTheZoom()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, true);
        viewport.setRange({2 * second, 3 * second});
        viewport.followLive();
        for (const Nanoseconds end : {10 * second, 11 * second, 20 * second + 7}) {
            viewport.setExtent({0, end}, true);
            QCOMPARE(viewport.range().length(), second);
            QVERIFY(viewport.range().end > end); // a little room
            QVERIFY(viewport.range().end - end < second / 10);
        }
        viewport.freeze();
        const TimeRange frozen = viewport.range();
        viewport.setExtent({0, 30 * second}, true);
        QCOMPARE(viewport.range(), frozen);
        viewport.followLive();
        QCOMPARE(viewport.range().length(), second);
        viewport.setExtent({0, 30 * second}, false); // the end of the run is no reason to jump
        QCOMPARE(viewport.range().length(), second);
        viewport.fitAll();
        viewport.setExtent({0, 31 * second}, true);
        QVERIFY(covers(viewport.range(), {0, 31 * second}));
    }

    void aViewCanBeShownAgain()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, true);
        const View live = viewport.view();
        viewport.setRange({2 * second, 3 * second});
        const View zoomed = viewport.view();
        viewport.followLive();
        const View sliding = viewport.view();
        viewport.setExtent({0, 20 * second}, true);
        viewport.restore(zoomed);
        QCOMPARE(viewport.view(), zoomed);
        viewport.restore(sliding);
        QCOMPARE(viewport.follow(), Follow::Live);
        QVERIFY(viewport.range().contains(20 * second));
        QCOMPARE(viewport.range().length(), second);
        viewport.restore(live);
        QVERIFY(covers(viewport.range(), {0, 20 * second}));
    }

    void revealsWithoutNeed()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, false);
        viewport.setRange({2 * second, 3 * second});
        viewport.reveal({second, 2 * second + 1});
        QCOMPARE(viewport.range(), (TimeRange{2 * second, 3 * second}));
        viewport.reveal({7 * second, 7 * second});
        QVERIFY(viewport.range().contains(7 * second));
        QCOMPARE(viewport.range().length(), second);
    }

    void theInstantUnderTheCursorStaysThere()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, false);
        constexpr int columns = 1237;
        for (const int column : {0, 1, 400, 618, 1236}) {
            viewport.fitAll();
            while (viewport.range().length() > Viewport::shortestRange) {
                const Nanoseconds at = timeOfColumn({viewport.range(), columns}, column);
                viewport.zoomAt(at, 1.25);
                QCOMPARE(columnOfTime({viewport.range(), columns}, at), column);
            }
            for (int i = 0; i < 20; ++i) {
                const Nanoseconds at = timeOfColumn({viewport.range(), columns}, column);
                viewport.zoomAt(at, 0.8);
                QCOMPARE(columnOfTime({viewport.range(), columns}, at), column);
            }
        }
    }

    void zoomingOutEndsAtTheWholeRun()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, false);
        const TimeRange whole = viewport.range();
        viewport.fit({second, second + 5});
        QVERIFY(viewport.range().length() <= 2 * Viewport::shortestRange);
        for (int i = 0; i < 200; ++i)
            viewport.zoomAt(second, 0.8);
        QCOMPARE(viewport.range(), whole);
    }

    void panningKeepsTheRunInSight()
    {
        Viewport viewport;
        viewport.setExtent({0, 10 * second}, false);
        viewport.setRange({second, 2 * second});
        viewport.pan(INT64_MAX);
        QCOMPARE(viewport.range().length(), second);
        QVERIFY(viewport.range().begin <= 10 * second);
        viewport.pan(INT64_MIN);
        QVERIFY(viewport.range().end > 0);
    }

    void saysSoOnlyWhenSomethingChanged()
    {
        Viewport viewport;
        QSignalSpy changes(&viewport, &Viewport::changed);
        viewport.setExtent({0, second}, false);
        QCOMPARE(changes.count(), 1);
        viewport.setExtent({0, second}, false);
        viewport.followLive();
        QCOMPARE(changes.count(), 1);
        viewport.zoomAt(second / 2, 0);
        viewport.zoomAt(second / 2, qQNaN());
        QCOMPARE(changes.count(), 1);
    }

    void survivesAbsurdExtents()
    {
        Viewport viewport;
        viewport.setExtent({INT64_MIN, INT64_MAX}, false);
        QVERIFY(!viewport.range().isEmpty());
        viewport.zoomAt(INT64_MAX, 3);
        viewport.fit({INT64_MIN, INT64_MAX});
        QVERIFY(!viewport.range().isEmpty());
    }
};

QTEST_GUILESS_MAIN(ViewportTest)
#include "viewport_test.moc"
