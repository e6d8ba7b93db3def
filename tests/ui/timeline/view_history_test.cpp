#include "ui/timeline/view_history.h"

#include <QCoreApplication>
#include <QMouseEvent>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds second = nanosecondsPerSecond;

// A run of ten seconds with its history.
struct Shown {
    explicit Shown(bool isGrowing = false)
    {
        viewport.setExtent({0, 10 * second}, isGrowing);
        history.clear();
    }

    void wait() { QTest::qWait(ViewHistory::settlingMs * 3 / 2); }

    Viewport viewport;
    ViewHistory history{viewport};
};

} // namespace

class ViewHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesBackAndForth()
    {
        Shown shown;
        const TimeRange whole = shown.viewport.range();
        shown.viewport.setRange({second, 2 * second});
        shown.wait();
        shown.viewport.setRange({3 * second, 4 * second});
        shown.history.goBack();
        QCOMPARE(shown.viewport.range(), (TimeRange{second, 2 * second}));
        shown.history.goBack();
        QCOMPARE(shown.viewport.range(), whole);
        QVERIFY(!shown.history.canGoBack());
        shown.history.goBack();
        QCOMPARE(shown.viewport.range(), whole);
        shown.history.goForward();
        shown.history.goForward();
        QCOMPARE(shown.viewport.range(), (TimeRange{3 * second, 4 * second}));
        QVERIFY(!shown.history.canGoForward());
    }

    void aBurstIsOneView()
    {
        Shown shown;
        const TimeRange whole = shown.viewport.range();
        for (int i = 0; i < 50; ++i)
            shown.viewport.zoomAt(5 * second, 1.1);
        shown.history.goBack();
        QCOMPARE(shown.viewport.range(), whole);
        QVERIFY(!shown.history.canGoBack());
    }

    void anotherViewForgetsThoseAhead()
    {
        Shown shown;
        shown.viewport.setRange({second, 2 * second});
        shown.history.goBack();
        QVERIFY(shown.history.canGoForward());
        shown.viewport.setRange({5 * second, 6 * second});
        QVERIFY(!shown.history.canGoForward());
        QVERIFY(shown.history.canGoBack());
    }

    void thereAndBackAgainIsNoView()
    {
        Shown shown;
        shown.viewport.setRange({second, 2 * second});
        shown.wait();
        shown.viewport.pan(second);
        shown.viewport.pan(-second);
        shown.wait();
        shown.history.goBack();
        QVERIFY(!shown.history.canGoBack());
    }

    void aRunThatGrowsMakesNoViews()
    {
        Shown shown(true);
        for (int i = 11; i < 20; ++i)
            shown.viewport.setExtent({0, i * second}, true);
        QVERIFY(!shown.history.canGoBack());
        shown.viewport.setRange({second, 2 * second});
        shown.viewport.setExtent({0, 30 * second}, true);
        shown.history.goBack();
        QCOMPARE(shown.viewport.follow(), Follow::Live); // what was followed is followed again
        QVERIFY(shown.viewport.range().end > 30 * second);
    }

    void whatIsIgnoredMakesNoView()
    {
        Shown shown;
        const TimeRange whole = shown.viewport.range();
        shown.viewport.setRange({second, 2 * second});
        shown.wait();
        shown.history.ignore([&] { shown.viewport.pan(second); });
        QCOMPARE(shown.viewport.range(), (TimeRange{2 * second, 3 * second}));
        shown.history.goBack();
        QCOMPARE(shown.viewport.range(), whole);
        shown.history.goForward();
        QCOMPARE(shown.viewport.range(), (TimeRange{2 * second, 3 * second}));
    }

    void isBounded()
    {
        Shown shown;
        for (std::size_t i = 0; i < ViewHistory::mostViews + 20; ++i) {
            shown.viewport.setRange({second, 2 * second + static_cast<Nanoseconds>(i)});
            shown.history.goBack();
            shown.history.goForward(); // ends the burst
        }
        std::size_t steps = 0;
        for (; shown.history.canGoBack(); ++steps)
            shown.history.goBack();
        QVERIFY(steps <= ViewHistory::mostViews);
    }

    void theMouseHasButtonsForIt()
    {
        Shown shown;
        QObject widget;
        shown.history.watchButtonsOn(widget);
        const TimeRange whole = shown.viewport.range();
        shown.viewport.setRange({second, 2 * second});
        const auto press = [&widget](Qt::MouseButton button) {
            QMouseEvent event(QEvent::MouseButtonPress, {}, {}, button, button, Qt::NoModifier);
            QCoreApplication::sendEvent(&widget, &event);
        };
        press(Qt::BackButton);
        QCOMPARE(shown.viewport.range(), whole);
        press(Qt::ForwardButton);
        QCOMPARE(shown.viewport.range(), (TimeRange{second, 2 * second}));
        press(Qt::LeftButton);
        QCOMPARE(shown.viewport.range(), (TimeRange{second, 2 * second}));
    }
};

QTEST_MAIN(ViewHistoryTest)
#include "view_history_test.moc"
