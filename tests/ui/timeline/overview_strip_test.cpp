#include "core/trace/trace_replay.h"
#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/theme/theme.h"
#include "ui/timeline/overview_strip.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/trace_marks.h"
#include "ui/timeline/viewport.h"

#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

struct Shown {
    explicit Shown(std::shared_ptr<Trace> shownTrace)
        : trace(std::move(shownTrace))
        , strip(selection, viewport)
    {
        viewport.setExtent(trace->extent(), !trace->info().finished);
        strip.resize(1020, 50);
        strip.setTrace(trace);
        strip.show();
        (void)QTest::qWaitForWindowExposed(&strip);
    }

    // The run lies between the margins.
    [[nodiscard]] int xOf(double share) const { return 10 + static_cast<int>(share * 1000); }
    [[nodiscard]] Nanoseconds at(double share) const { return static_cast<Nanoseconds>(share * static_cast<double>(trace->now())); }
    [[nodiscard]] bool isNear(Nanoseconds a, Nanoseconds b) const { return std::abs(a - b) <= trace->now() / 200; }

    void drag(int from, int to)
    {
        QTest::mousePress(&strip, Qt::LeftButton, {}, {from, 25});
        QTest::mouseMove(&strip, {(from + to) / 2, 25});
        QTest::mouseMove(&strip, {to, 25});
        QTest::mouseRelease(&strip, Qt::LeftButton, {}, {to, 25});
    }

    std::shared_ptr<Trace> trace;
    Selection selection;
    Viewport viewport;
    OverviewStrip strip;
};

class PaintCounter : public QObject {
public:
    explicit PaintCounter(QWidget &widget) { widget.installEventFilter(this); }
    [[nodiscard]] int count() const { return count_; }

protected:
    bool eventFilter(QObject *, QEvent *event) override
    {
        count_ += event->type() == QEvent::Paint ? 1 : 0;
        return false;
    }

private:
    int count_ = 0;
};

} // namespace

class OverviewStripTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDragChoosesAPartOfTheWhole()
    {
        Shown shown(test::articleTrace());
        shown.drag(shown.xOf(0.25), shown.xOf(0.5));
        QVERIFY(shown.isNear(shown.viewport.range().begin, shown.at(0.25)));
        QVERIFY(shown.isNear(shown.viewport.range().end, shown.at(0.5)));
    }

    void handlesMoveTheirSide()
    {
        Shown shown(test::articleTrace());
        shown.viewport.setRange({shown.at(0.25), shown.at(0.5)});
        shown.drag(shown.xOf(0.5), shown.xOf(0.75));
        QCOMPARE(shown.viewport.range().begin, shown.at(0.25));
        QVERIFY(shown.isNear(shown.viewport.range().end, shown.at(0.75)));
        shown.drag(shown.xOf(0.25), shown.xOf(0.1));
        QVERIFY(shown.isNear(shown.viewport.range().begin, shown.at(0.1)));
        QVERIFY(shown.isNear(shown.viewport.range().end, shown.at(0.75)));
    }

    void theMiddlePans()
    {
        Shown shown(test::articleTrace());
        shown.viewport.setRange({shown.at(0.25), shown.at(0.5)});
        const Nanoseconds length = shown.viewport.range().length();
        shown.drag(shown.xOf(0.4), shown.xOf(0.6));
        QVERIFY(shown.isNear(shown.viewport.range().begin, shown.at(0.45)));
        QCOMPARE(shown.viewport.range().length(), length);
    }

    void aClickBesideCentresThere()
    {
        Shown shown(test::articleTrace());
        shown.viewport.setRange({shown.at(0.25), shown.at(0.3)});
        QTest::mouseClick(&shown.strip, Qt::LeftButton, {}, {shown.xOf(0.7), 25});
        const TimeRange range = shown.viewport.range();
        QVERIFY(shown.isNear(range.begin + range.length() / 2, shown.at(0.7)));
    }

    void aClickWhereAllIsVisibleChangesNothing()
    {
        Shown shown(test::liveTrace());
        QTest::mouseClick(&shown.strip, Qt::LeftButton, {}, {shown.xOf(0.5), 25});
        QCOMPARE(shown.viewport.follow(), Follow::Live);
    }

    void wheelAndKeysZoomAndPan()
    {
        Shown shown(test::articleTrace());
        const Nanoseconds whole = shown.viewport.range().length();
        QWheelEvent wheel(QPoint(shown.xOf(0.5), 25), shown.strip.mapToGlobal(QPoint(shown.xOf(0.5), 25)), {}, {0, 480}, Qt::NoButton,
                          Qt::NoModifier, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&shown.strip, &wheel);
        const TimeRange zoomed = shown.viewport.range();
        QVERIFY(zoomed.length() < whole);
        QVERIFY(zoomed.contains(shown.at(0.5)));
        QTest::keyClick(&shown.strip, Qt::Key_Right);
        QVERIFY(shown.viewport.range().begin > zoomed.begin);
        QTest::keyClick(&shown.strip, Qt::Key_Up);
        QVERIFY(shown.viewport.range().length() < zoomed.length());
        QTest::keyClick(&shown.strip, Qt::Key_Home);
        QCOMPARE(shown.viewport.range().length(), whole);
    }

    void whatHasNotChangedIsNotCountedAgain()
    {
        Shown shown(test::liveTrace());
        QTRY_VERIFY(shown.strip.isUpToDate());
        shown.strip.refresh();
        QVERIFY(shown.strip.isUpToDate());
        shown.trace->advanceTo(shown.trace->now() + 500 * ms);
        QVERIFY(!shown.strip.isUpToDate());
        shown.strip.refresh();
        QTRY_VERIFY(shown.strip.isUpToDate());
    }

    void aLargeRunIsCountedInSlices()
    {
        Shown shown(test::largeTrace(2'000, 200));
        QTRY_VERIFY(shown.strip.isUpToDate());
        const QImage image = shown.strip.grab().toImage();
        QVERIFY(image.pixelColor(shown.xOf(0.0) + 3, 25) != image.pixelColor(2, 25));
    }

    void aReplayMarksItsInstantInTheWholeRun()
    {
        Shown shown(test::articleTrace());
        QTRY_VERIFY(shown.strip.isUpToDate());
        const QImage whole = shown.strip.grab().toImage();
        TraceReplay replay(shown.trace);
        replay.moveTo(shown.at(0.5));
        shown.strip.setReplay(replay.trace());
        QVERIFY(shown.strip.isUpToDate()); // nothing is counted for it
        const QImage half = shown.strip.grab().toImage();
        const int line = shown.xOf(0.5);
        const Theme theme = Theme::of(shown.strip.palette());
        QCOMPARE(half.pixelColor(line, 25), theme.accent);
        QCOMPARE(half.copy(0, 0, line - 1, 50), whole.copy(0, 0, line - 1, 50));
        const auto contrast = [&](const QImage &image) { // with the ground, where the first task runs on
            int sum = 0;
            for (int x = line + 10; x < shown.xOf(0.9); ++x)
                sum += std::abs(image.pixelColor(x, 40).lightness() - theme.canvas.lightness());
            return sum;
        };
        QVERIFY(contrast(half) > 0);
        QVERIFY2(contrast(half) < contrast(whole) / 2, qPrintable(QString::number(contrast(half))));
        replay.moveTo(shown.trace->now());
        QCOMPARE(shown.strip.grab().toImage().pixelColor(shown.xOf(1) - 1, 25), theme.accent);
        shown.strip.setReplay(shown.trace); // it has ended
        QCOMPARE(shown.strip.grab().toImage(), whole);
    }

    void aReplayIsFollowedPixelByPixel()
    {
        Shown shown(test::articleTrace());
        QTRY_VERIFY(shown.strip.isUpToDate());
        TraceReplay replay(shown.trace);
        replay.moveTo(shown.at(0.25));
        shown.strip.setReplay(replay.trace());
        QCoreApplication::processEvents();
        const PaintCounter paints(shown.strip);
        replay.moveTo(shown.at(0.25) + 1);
        shown.strip.refresh();
        QCoreApplication::processEvents();
        QCOMPARE(paints.count(), 0);
        replay.moveTo(shown.at(0.5));
        shown.strip.refresh();
        QTRY_COMPARE(paints.count(), 1);
        QVERIFY(shown.strip.isUpToDate());
    }

    void theHandDoesTheSameInAReplay_data()
    {
        QTest::addColumn<double>("to");
        QTest::newRow("before the instant") << 0.25;
        QTest::newRow("after the instant") << 0.7;
    }

    void theHandDoesTheSameInAReplay()
    {
        QFETCH(double, to);
        Shown shown(test::articleTrace());
        TraceReplay replay(shown.trace);
        replay.moveTo(shown.at(0.5));
        shown.strip.setReplay(replay.trace());
        shown.viewport.setRange({shown.at(0.4), shown.at(0.45)});
        QTest::mouseClick(&shown.strip, Qt::LeftButton, {}, {shown.xOf(to), 25});
        const TimeRange range = shown.viewport.range();
        QVERIFY(shown.isNear(range.begin + range.length() / 2, shown.at(to)));
        QCOMPARE(replay.at(), shown.at(0.5));
        shown.viewport.fitAll();
        shown.drag(shown.xOf(to), shown.xOf(to + 0.2));
        QVERIFY(shown.isNear(shown.viewport.range().begin, shown.at(to)));
        QVERIFY(shown.isNear(shown.viewport.range().end, shown.at(to + 0.2)));
    }

    void marksAreTicksAtTheLowerEdge()
    {
        Shown shown(test::articleTrace());
        QTRY_VERIFY(shown.strip.isUpToDate());
        const QImage plain = shown.strip.grab().toImage();
        TraceMarks marks;
        shown.strip.showMarks(marks);
        QCOMPARE(shown.strip.grab().toImage(), plain);
        const auto hasTickAt = [&shown](double share) {
            const QImage image = shown.strip.grab().toImage();
            const QColor colour = Theme::of(shown.strip.palette()).text;
            return image.pixelColor(shown.xOf(share), 44) == colour && image.pixelColor(shown.xOf(share), 20) != colour;
        };
        const MarkId mark = marks.add(shown.at(0.5));
        QVERIFY(hasTickAt(0.5));
        shown.viewport.setRange({shown.at(0.1), shown.at(0.2)}); // out of sight it is as dark
        QVERIFY(hasTickAt(0.5));
        marks.remove(mark);
        QVERIFY(!hasTickAt(0.5));
        marks.add(shown.trace->now());
        QVERIFY(hasTickAt(0.999));
        shown.viewport.fitAll();
        marks.show(std::make_shared<Marks>());
        QCOMPARE(shown.strip.grab().toImage(), plain);
    }

    void itTellsWhatItsHeightIs()
    {
        Shown shown(test::importedTrace());
        QTRY_VERIFY(shown.strip.isUpToDate());
        shown.strip.grab();
        QCOMPARE(shown.strip.toolTip(), QStringLiteral("Full height: 3 threads are busy at once"));
        shown.strip.setTrace(test::articleTrace());
        QTRY_VERIFY(shown.strip.isUpToDate());
        shown.strip.grab();
        QCOMPARE(shown.strip.toolTip(), QString());
    }

    void aTraceOfOthersIsShownInTheColoursOfItsSlices()
    {
        Shown shown(test::importedTrace());
        QTRY_VERIFY(shown.strip.isUpToDate());
        shown.viewport.setRange({0, shown.trace->now()});
        const QImage image = shown.strip.grab().toImage();
        const Theme theme = Theme::of(shown.strip.palette());
        QCOMPARE(image.pixelColor(shown.xOf(0.65), 43), theme.slice(sliceHueOf("idle")));
        QCOMPARE(image.pixelColor(shown.xOf(0.85), 43), theme.canvas);
    }

    void nothingIsShownWithoutATrace()
    {
        Shown shown(test::articleTrace());
        shown.strip.setTrace(nullptr);
        QTest::mouseClick(&shown.strip, Qt::LeftButton, {}, {100, 25});
        shown.strip.grab();
        QVERIFY(shown.strip.isUpToDate());
    }
};

QTEST_MAIN(OverviewStripTest)
#include "overview_strip_test.moc"
