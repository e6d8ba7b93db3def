#include "tests/support/sample_trace.h"
#include "ui/timeline/coordinates.h"
#include "ui/timeline/timeline_view.h"

#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;
constexpr int firstTask = 26 + 24 + 26 + 24 + 13; // its height in the view

// The article's trace in a view, off screen.
struct Shown {
    Shown()
        : trace(test::articleTrace())
        , view(selection, viewport)
    {
        view.resize(1000, 420);
        view.setTrace(trace);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
        view.grab(); // the names have their width then
    }

    [[nodiscard]] TimeScale scale() const { return {viewport.range(), view.width() - view.nameWidth()}; }
    [[nodiscard]] int xOf(Nanoseconds at) const { return view.nameWidth() + columnOfTime(scale(), at); }
    [[nodiscard]] Nanoseconds instantAt(int x) const { return timeOfColumn(scale(), x - view.nameWidth()); }

    void drag(int from, int to, Qt::KeyboardModifiers modifiers = {}, int y = firstTask)
    {
        QTest::mousePress(&view, Qt::LeftButton, modifiers, {from, y});
        for (const int x : {(from + to) / 2, to}) {
            QMouseEvent move(QEvent::MouseMove, QPointF(x, y), view.mapToGlobal(QPointF(x, y)), Qt::NoButton, Qt::LeftButton, modifiers);
            QCoreApplication::sendEvent(&view, &move);
        }
        QTest::mouseRelease(&view, Qt::LeftButton, modifiers, {to, y});
    }

    std::shared_ptr<Trace> trace;
    Selection selection;
    Viewport viewport;
    TimelineView view;
};

} // namespace

class TimelineRangeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDragSelectsARangeAndNothingElse()
    {
        Shown shown;
        shown.selection.select(shown.trace->tasks()[2]);
        QSignalSpy selected(&shown.view, &TimelineView::rangeSelected);
        shown.drag(400, 700, Qt::AltModifier);
        QCOMPARE(shown.selection.range(), std::optional(TimeRange{shown.instantAt(400), shown.instantAt(700)}));
        QCOMPARE(shown.selection.lane(), shown.trace->tasks()[2]);
        QCOMPARE(selected.size(), 1);
        shown.selection.selectRange(std::nullopt);
        shown.drag(700, 400, Qt::AltModifier);
        QCOMPARE(shown.selection.range(), std::optional(TimeRange{shown.instantAt(400), shown.instantAt(700)}));
    }

    void edgesSnapToSpansOfTheLane()
    {
        Shown shown;
        const LaneId task = shown.trace->tasks().front();
        const Span span = shown.trace->span(task, 3);
        shown.drag(shown.xOf(span.begin) + 3, shown.xOf(span.end) - 4);
        QCOMPARE(shown.selection.range(), std::optional(span.range()));
    }

    void lessThanFourPixelsAreAClick()
    {
        Shown shown;
        const int x = shown.xOf(300 * ms);
        shown.drag(x, x + 3);
        QVERIFY(!shown.selection.range());
        QCOMPARE(shown.selection.lane(), shown.trace->tasks().front());
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(3));
    }

    void namesAreNotPartOfTheCanvas()
    {
        Shown shown;
        shown.drag(50, 150);
        QVERIFY(!shown.selection.range());
        QCOMPARE(shown.selection.lane(), shown.trace->tasks().front());
    }

    void handlesMoveAnEdge()
    {
        Shown shown;
        shown.drag(400, 700, Qt::AltModifier);
        const TimeRange range = shown.selection.range().value();
        shown.drag(701, 800, Qt::AltModifier);
        QCOMPARE(shown.selection.range(), std::optional(TimeRange{range.begin, shown.instantAt(800)}));
        shown.drag(398, 900, Qt::AltModifier);
        QCOMPARE(shown.selection.range(), std::optional(TimeRange{shown.instantAt(800), shown.instantAt(900)}));
    }

    void shiftAndAClickExtend()
    {
        Shown shown;
        shown.drag(400, 500, Qt::AltModifier);
        const TimeRange range = shown.selection.range().value();
        QTest::mouseClick(&shown.view, Qt::LeftButton, Qt::ShiftModifier | Qt::AltModifier, {800, firstTask});
        QCOMPARE(shown.selection.range(), std::optional(TimeRange{range.begin, shown.instantAt(800)}));
        QTest::mouseClick(&shown.view, Qt::LeftButton, Qt::ShiftModifier | Qt::AltModifier, {350, firstTask});
        QCOMPARE(shown.selection.range(), std::optional(TimeRange{shown.instantAt(350), shown.instantAt(800)}));
    }

    void escapeClearsTheRangeBeforeTheLane()
    {
        Shown shown;
        shown.selection.select(shown.trace->tasks().front());
        shown.drag(400, 700);
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.selection.range());
        QVERIFY(shown.selection.lane() != noLane);
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QCOMPARE(shown.selection.lane(), noLane);
    }

    void escapeEndsADrag()
    {
        Shown shown;
        QTest::mousePress(&shown.view, Qt::LeftButton, {}, {400, firstTask});
        QTest::mouseMove(&shown.view, {600, firstTask});
        QVERIFY(shown.selection.range() && shown.view.isSelectingRange());
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.view.isSelectingRange());
        QTest::mouseMove(&shown.view, {650, firstTask});
        QVERIFY(!shown.selection.range());
        QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, {650, firstTask});
        QCOMPARE(shown.selection.lane(), noLane);
    }

    void fittingPrefersTheRange()
    {
        Shown shown;
        shown.selection.select(shown.trace->tasks()[1], 4);
        shown.selection.selectRange(TimeRange{1000 * ms, 1200 * ms});
        QTest::keyClick(&shown.view, Qt::Key_F);
        QVERIFY(shown.viewport.range().begin < 1000 * ms && shown.viewport.range().begin > 950 * ms);
        shown.viewport.fitAll();
        QTest::mouseDClick(&shown.view, Qt::LeftButton, {}, {shown.xOf(1100 * ms), firstTask});
        QVERIFY(shown.viewport.range().begin < 1000 * ms && shown.viewport.range().begin > 950 * ms);
    }

    void aRangeIsDrawn()
    {
        Shown shown;
        const QImage before = shown.view.grab().toImage();
        shown.selection.selectRange(TimeRange{shown.instantAt(400), shown.instantAt(700)});
        const QImage after = shown.view.grab().toImage();
        QVERIFY(after.pixelColor(400, firstTask) == shown.view.palette().color(QPalette::Highlight));
        QVERIFY(after.pixelColor(550, 410) != before.pixelColor(550, 410) || after.pixelColor(550, 60) != before.pixelColor(550, 60));
        QCOMPARE(after.pixelColor(900, firstTask), before.pixelColor(900, firstTask));
    }
};

QTEST_MAIN(TimelineRangeTest)
#include "timeline_range_test.moc"
