#include "tests/support/sample_trace.h"
#include "ui/theme/theme.h"
#include "ui/timeline/coordinates.h"
#include "ui/timeline/timeline_view.h"

#include <QDir>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPalette>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QTextDocument>
#include <QToolTip>
#include <QWheelEvent>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

// A view of a trace, shown off screen.
struct Shown {
    explicit Shown(std::shared_ptr<Trace> shownTrace, QSize size = {1000, 420})
        : trace(std::move(shownTrace))
        , view(selection, viewport)
    {
        view.resize(size);
        view.setHover(hover);
        view.setTrace(trace);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }

    [[nodiscard]] int nameWidth() const { return view.nameWidth(); }
    [[nodiscard]] int columns() const { return view.width() - nameWidth(); }
    [[nodiscard]] Nanoseconds instantAt(int x) const { return timeOfColumn({viewport.range(), columns()}, x - nameWidth()); }
    [[nodiscard]] int xOf(Nanoseconds at) const { return nameWidth() + columnOfTime({viewport.range(), columns()}, at); }

    void wheel(QPoint at, int angle, Qt::KeyboardModifiers modifiers)
    {
        QWheelEvent event(at, view.mapToGlobal(at), {}, {0, angle}, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&view, &event);
    }

    void moveMouse(QPoint at)
    {
        QMouseEvent event(QEvent::MouseMove, at, view.mapToGlobal(at), Qt::NoButton, Qt::NoButton, {});
        QCoreApplication::sendEvent(&view, &event);
    }

    std::shared_ptr<Trace> trace;
    Selection selection;
    Viewport viewport;
    Hover hover;
    TimelineView view;
};

// Where the lane begins in the picture; nothing if it is not in sight.
std::optional<int> yOf(Shown &shown, LaneId lane)
{
    for (int y = 26; y < shown.view.height(); ++y) {
        shown.moveMouse({60, y});
        if (shown.hover.lane() == lane)
            return y;
    }
    return std::nullopt;
}

// What a widget paints, from now on.
class PaintedRegion : public QObject {
public:
    explicit PaintedRegion(QWidget &widget)
        : widget_(widget)
    {
        widget_.installEventFilter(this);
    }

    [[nodiscard]] const QRegion &region() const { return region_; }
    void forget() { region_ = {}; }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (watched == &widget_ && event->type() == QEvent::Paint)
            region_ += static_cast<QPaintEvent *>(event)->region();
        return false;
    }

private:
    QWidget &widget_;
    QRegion region_;
};

QPalette darkPalette()
{
    QPalette palette(QColor(0x24, 0x26, 0x2A));
    palette.setColor(QPalette::WindowText, Qt::white);
    return palette;
}

// For people: where LOOPSCOPE_SHOTS names a directory, what the tests show is kept there.
void keepShot(QWidget &widget, const QString &name)
{
    const QString directory = qEnvironmentVariable("LOOPSCOPE_SHOTS");
    if (!directory.isEmpty())
        widget.grab().save(QDir(directory).filePath(name + QStringLiteral(".png")));
}

} // namespace

class TimelineViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // A menu's action has no plain keys once it has one with Ctrl: the view asks for it then.
    void asksForWhatItsKeysMeanAndItCannotDo()
    {
        Shown shown(test::articleTrace());
        QSignalSpy wanted(&shown.view, &TimelineView::commandWanted);
        QTest::keyClick(&shown.view, Qt::Key_M);
        QCOMPARE(wanted.count(), 1);
        QCOMPARE(wanted.front().front().value<Command>(), Command::AddMark);
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QCOMPARE(wanted.count(), 1);
    }

    // ↑ and ↓ may pass a header on their way; what was measured stays.
    void aHeaderLeavesTheRangeAlone()
    {
        Shown shown(test::articleTrace());
        shown.selection.select(shown.trace->tasks().front());
        shown.selection.selectRange(TimeRange{100 * ms, 200 * ms});
        QTest::keyClick(&shown.view, Qt::Key_Up);
        QVERIFY(shown.view.currentGroup());
        QVERIFY(shown.selection.range());
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.view.currentGroup());
        QVERIFY(shown.selection.range());
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.selection.range());
    }

    void showsTheArticle()
    {
        Shown shown(test::articleTrace());
        keepShot(shown.view, QStringLiteral("article-light"));
        const QImage image = shown.view.grab().toImage();
        const Theme theme = Theme::light();
        // The blocking span of the loop's lane, in the middle of the pinned row.
        bool hasBlocking = false;
        for (int x = shown.xOf(3300 * ms); x < shown.xOf(3800 * ms); ++x)
            hasBlocking = hasBlocking || image.pixelColor(x, 26 + 24 + 13) == theme.state(State::Blocking);
        QVERIFY(hasBlocking);

        shown.selection.select(shown.trace->tasks()[1], 4);
        shown.view.setPalette(darkPalette());
        keepShot(shown.view, QStringLiteral("article-dark"));
        QCOMPARE(shown.view.grab().toImage().pixelColor(500, 415), Theme::dark().canvas);
        shown.view.resize(420, 420);
        keepShot(shown.view, QStringLiteral("article-narrow"));
    }

    void showsARunThatGoesOn()
    {
        Shown shown(test::liveTrace(), {800, 300});
        keepShot(shown.view, QStringLiteral("live"));
        QCOMPARE(shown.viewport.follow(), Follow::Live);
        shown.trace->advanceTo(2000 * ms);
        shown.view.refresh();
        QVERIFY(shown.viewport.range().end >= 2000 * ms);
        QTest::keyClick(&shown.view, Qt::Key_Space);
        const TimeRange frozen = shown.viewport.range();
        shown.trace->advanceTo(3000 * ms);
        shown.view.refresh();
        QCOMPARE(shown.viewport.range(), frozen);
        QTest::keyClick(&shown.view, Qt::Key_End);
        QVERIFY(shown.viewport.range().end >= 3000 * ms);
    }

    void whatChangesWithinTheZoomIsShown()
    {
        Shown shown(test::liveTrace(), {800, 300});
        shown.trace->advanceTo(2000 * ms);
        shown.view.refresh();
        QTest::keyClick(&shown.view, Qt::Key_Space);
        const auto blockingPixels = [&shown] {
            const QImage image = shown.view.grab().toImage();
            int count = 0;
            for (int x = shown.xOf(1910 * ms); x < shown.xOf(1990 * ms); ++x) {
                for (int y = 0; y < image.height(); ++y)
                    count += image.pixelColor(x, y) == Theme::light().state(State::Blocking) ? 1 : 0;
            }
            return count;
        };
        const TimeRange frozen = shown.viewport.range();
        QCOMPARE(blockingPixels(), 0);
        shown.trace->enter(shown.trace->tasks().front(), 1900 * ms, State::Blocking, 0, noLane);
        shown.view.refresh();
        QCOMPARE(shown.viewport.range(), frozen);
        QVERIFY(blockingPixels() > 0);
    }

    void theScrollBarIsNotPaintedWithTheFrames()
    {
        Shown shown(test::largeTrace(200, 20));
        auto *bar = shown.view.findChild<QScrollBar *>();
        QVERIFY(bar->isVisible());
        const QRect corner(bar->x(), 0, bar->width(), bar->y());
        PaintedRegion painted(shown.view);
        shown.viewport.zoomAt(shown.viewport.range().begin, 2);
        QTRY_VERIFY(!painted.region().isEmpty());
        QVERIFY(painted.region().contains(QRect(0, 0, bar->x(), shown.view.height())));
        QVERIFY(!painted.region().intersects(corner));
        // Where the bar goes, or comes, there is something else to be seen.
        painted.forget();
        shown.view.resize(1000, 200 * 60);
        QTRY_VERIFY(!bar->isVisible());
        QTRY_VERIFY(painted.region().contains(shown.view.rect()));
        shown.view.resize(1000, 420);
        QTRY_VERIFY(bar->isVisible());
        const QImage image = shown.view.grab().toImage();
        QCOMPARE(image.pixelColor(corner.center()), Theme::light().canvas);
    }

    void showsItsDensities()
    {
        Shown shown(test::articleTrace());
        shown.view.setDensity(Density::Compact);
        keepShot(shown.view, QStringLiteral("article-compact"));
        shown.view.setDensity(Density::Dense);
        keepShot(shown.view, QStringLiteral("article-dense"));
    }

    void tenThousandLanesCostWhatIsSeen()
    {
        Shown shown(test::largeTrace(10'000, 300), {1600, 900});
        keepShot(shown.view, QStringLiteral("ten-thousand"));
        Nanoseconds sum = 0;
        for (int i = 0; i < 20; ++i) {
            shown.wheel({800, 400}, i % 2 == 0 ? 240 : -120, Qt::ControlModifier);
            shown.view.grab();
            sum += shown.view.lastFrameCost();
        }
        keepShot(shown.view, QStringLiteral("ten-thousand-zoomed"));
        qInfo("a frame of 10,000 lanes and 3,000,000 spans: %.2f ms", static_cast<double>(sum) / 20 / 1e6);
        QVERIFY(sum / 20 < nanosecondsPerSecond); // a watchdog, no measurement
    }

    void theInstantUnderTheCursorStaysThere()
    {
        Shown shown(test::articleTrace());
        shown.view.grab(); // the names have their width then
        for (const int x : {shown.nameWidth() + 14, 600, 950}) {
            shown.viewport.fitAll();
            const Nanoseconds at = shown.instantAt(x);
            for (int i = 0; i < 60; ++i) {
                shown.wheel({x, 200}, i % 5 == 4 ? -120 : 120, Qt::ControlModifier);
                QCOMPARE(shown.xOf(at), x);
            }
        }
    }

    void theWheelPansAndScrolls()
    {
        Shown shown(test::largeTrace(100, 10));
        const LaneId first = shown.view.firstVisibleLane();
        shown.wheel({600, 200}, -120, Qt::NoModifier);
        QVERIFY(shown.view.firstVisibleLane() > first);
        shown.viewport.zoomAt(shown.trace->now() / 2, 4);
        const TimeRange before = shown.viewport.range();
        shown.wheel({600, 200}, -120, Qt::ShiftModifier);
        QVERIFY(shown.viewport.range().begin > before.begin);
        QCOMPARE(shown.viewport.range().length(), before.length());
    }

    void aClickSelectsLaneAndSpan()
    {
        Shown shown(test::articleTrace());
        const int firstTask = 26 + 24 + 26 + 24 + 13;
        QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {shown.xOf(300 * ms), firstTask});
        QCOMPARE(shown.selection.lane(), shown.trace->tasks().front());
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(3));
        QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {50, firstTask + 26});
        QCOMPARE(shown.selection.lane(), shown.trace->tasks()[1]);
        QCOMPARE(shown.selection.span(), std::nullopt);
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QCOMPARE(shown.selection.lane(), noLane);
    }

    void keysWalkAlongSpansAndLanes()
    {
        Shown shown(test::articleTrace());
        shown.selection.select(shown.trace->tasks().front(), 3);
        QTest::keyClick(&shown.view, Qt::Key_Period);
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(4));
        QTest::keyClick(&shown.view, Qt::Key_Comma);
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(3));
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QCOMPARE(shown.selection.lane(), shown.trace->tasks()[1]);
        QTest::keyClick(&shown.view, Qt::Key_Up);
        QCOMPARE(shown.selection.lane(), shown.trace->tasks()[0]);
    }

    void bracketsFollowWakes()
    {
        Shown shown(test::articleTrace());
        const LaneId photo = shown.trace->tasks()[1];
        shown.selection.select(photo, 4); // ready since worker 1 finished at 3.5 s
        QTest::keyClick(&shown.view, Qt::Key_BracketLeft);
        QCOMPARE(shown.selection.lane(), LaneId(1));
        QCOMPARE(shown.trace->span(1, shown.selection.span().value()).end, 3500 * ms);
        QTest::keyClick(&shown.view, Qt::Key_BracketRight);
        QCOMPARE(shown.selection.lane(), photo);
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(4));
    }

    void walkingShowsLanesThatWereNot()
    {
        Shown shown(test::articleTrace());
        LaneArrangement &lanes = shown.view.arrangement();
        const LaneId photo = shown.trace->tasks()[1];
        shown.selection.select(photo, 4);
        lanes.hide(1);
        QTest::keyClick(&shown.view, Qt::Key_BracketLeft);
        QCOMPARE(shown.selection.lane(), LaneId(1));
        QVERIFY(yOf(shown, 1));
        TaskFilterTerms terms;
        terms.text = QStringLiteral("sync_");
        lanes.setFilter(terms);
        QVERIFY(!yOf(shown, photo));
        QTest::keyClick(&shown.view, Qt::Key_BracketRight);
        QCOMPARE(shown.selection.lane(), photo);
        QVERIFY(yOf(shown, photo));
        lanes.hide(photo); // it stays selected
        QTest::keyClick(&shown.view, Qt::Key_Period);
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(5));
        QVERIFY(yOf(shown, photo));
    }

    void keysZoomPanAndFit()
    {
        Shown shown(test::articleTrace());
        const TimeRange whole = shown.viewport.range();
        QTest::keyClick(&shown.view, Qt::Key_W);
        QVERIFY(shown.viewport.range().length() < whole.length());
        const TimeRange zoomed = shown.viewport.range();
        QTest::keyClick(&shown.view, Qt::Key_D);
        QVERIFY(shown.viewport.range().begin > zoomed.begin);
        QTest::keyClick(&shown.view, Qt::Key_0, Qt::ControlModifier);
        QCOMPARE(shown.viewport.range(), whole);
        shown.selection.select(shown.trace->tasks()[1], 4);
        QTest::keyClick(&shown.view, Qt::Key_F);
        QVERIFY(shown.viewport.range().begin < 3500 * ms && shown.viewport.range().begin > 3400 * ms);
        QTest::keyClick(&shown.view, Qt::Key_Home);
        QCOMPARE(shown.viewport.range(), whole);
    }

    void draggingPansByPixels()
    {
        Shown shown(test::articleTrace());
        shown.viewport.zoomAt(2500 * ms, 3);
        const Nanoseconds grabbed = shown.instantAt(700);
        QTest::mousePress(&shown.view, Qt::MiddleButton, {}, {700, 200});
        QTest::mouseMove(&shown.view, {640, 200});
        QTest::mouseRelease(&shown.view, Qt::MiddleButton, {}, {640, 200});
        QCOMPARE(shown.xOf(grabbed), 640);
    }

    void headersFoldTheirGroup()
    {
        Shown shown(test::articleTrace());
        QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {50, 26 + 24 + 26 + 12});
        QVERIFY(shown.view.foldedGroups()[static_cast<std::size_t>(LaneGroup::Tasks)]);
        keepShot(shown.view, QStringLiteral("article-folded"));
        QCOMPARE(shown.view.firstVisibleLane(), shown.trace->workers().front());
    }

    void keysVisitHeadersAndFoldThem()
    {
        Shown shown(test::articleTrace());
        shown.selection.select(shown.trace->tasks().front());
        QTest::keyClick(&shown.view, Qt::Key_Up);
        QCOMPARE(shown.view.currentGroup(), std::optional(GroupKey(LaneGroup::Tasks)));
        QCOMPARE(shown.selection.lane(), noLane);
        QTest::keyClick(&shown.view, Qt::Key_Return);
        QVERIFY(shown.view.foldedGroups()[static_cast<std::size_t>(LaneGroup::Tasks)]);
        keepShot(shown.view, QStringLiteral("article-header"));
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QCOMPARE(shown.view.currentGroup(), std::optional(GroupKey(LaneGroup::Workers)));
        QTest::keyClick(&shown.view, Qt::Key_Up);
        QTest::keyClick(&shown.view, Qt::Key_Enter);
        QVERIFY(!shown.view.foldedGroups()[static_cast<std::size_t>(LaneGroup::Tasks)]);
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QCOMPARE(shown.selection.lane(), shown.trace->tasks().front());
        QVERIFY(!shown.view.currentGroup());
    }

    void pinnedLanesStayInSight()
    {
        Shown shown(test::largeTrace(100, 3));
        const LaneId pinned = shown.trace->tasks()[50];
        shown.view.arrangement().setPinned(pinned, true);
        shown.view.grab();
        keepShot(shown.view, QStringLiteral("pinned"));
        QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {50, 26 + 24 + 26 + 24 + 13});
        QCOMPARE(shown.selection.lane(), pinned);
        const LaneId first = shown.view.firstVisibleLane();
        shown.wheel({600, 300}, -360, Qt::NoModifier);
        QVERIFY(shown.view.firstVisibleLane() > first);
        shown.selection.clear();
        QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {50, 26 + 24 + 26 + 24 + 13});
        QCOMPARE(shown.selection.lane(), pinned);
    }

    void manyPinnedLanesLeaveRoomForTheOthers()
    {
        Shown shown(test::largeTrace(100, 3));
        const std::vector<LaneId> &tasks = shown.trace->tasks();
        for (std::size_t i = 0; i < 23; ++i)
            shown.view.arrangement().setPinned(tasks[i], true);
        shown.view.grab();
        keepShot(shown.view, QStringLiteral("many-pinned"));
        QVERIFY(yOf(shown, tasks[0]));
        const LaneId first = shown.view.firstVisibleLane();
        QVERIFY(first > tasks[0] && first < tasks[22]); // the next of the pinned ones
        shown.wheel({600, 300}, -120, Qt::NoModifier);
        QVERIFY(shown.view.firstVisibleLane() > first);
        for (const LaneId lane : {tasks[22], tasks[99], shown.trace->workers().back()}) {
            shown.selection.select(lane);
            QVERIFY(yOf(shown, lane));
            QVERIFY(yOf(shown, tasks[0]));
        }
    }

    void aPinnedLaneThatScrollsIsDraggedWhereItIsSeen()
    {
        Shown shown(test::largeTrace(100, 3));
        const std::vector<LaneId> &tasks = shown.trace->tasks();
        for (std::size_t i = 0; i < 23; ++i)
            shown.view.arrangement().setPinned(tasks[i], true);
        shown.selection.select(tasks[22]);
        const QPoint from(50, yOf(shown, tasks[20]).value() + 13);
        const QPoint to(50, yOf(shown, tasks[22]).value() + 24);
        QTest::mousePress(&shown.view, Qt::LeftButton, {}, from);
        QMouseEvent drag(QEvent::MouseMove, to, shown.view.mapToGlobal(to), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&shown.view, &drag);
        QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, to);
        QCOMPARE(shown.view.arrangement().order()->placeOf(tasks[20])->index, 22U);
    }

    void theSelectedLaneStaysWhereItIsInSight()
    {
        Shown shown(test::largeTrace(200, 3));
        shown.wheel({600, 200}, -12 * 120, Qt::NoModifier);
        shown.view.grab();
        const LaneId selected = shown.view.rowsInView()->last.lane - 4;
        shown.selection.select(selected, 1);
        shown.view.grab();
        const auto y = yOf(shown, selected);
        QVERIFY(y.has_value());
        const QSignalSpy changes(&shown.selection, &Selection::changed);
        shown.view.arrangement().setSort(LaneSort::Duration);
        shown.view.grab();
        QCOMPARE(yOf(shown, selected), y);
        shown.view.arrangement().hide(selected - 2);
        shown.view.grab();
        QCOMPARE(yOf(shown, selected), y);
        QCOMPARE(changes.count(), 0);
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(1));
    }

    void growthKeepsTheSelection()
    {
        Shown shown(test::liveTrace());
        const LaneId selected = shown.trace->tasks()[2];
        shown.view.arrangement().setSort(LaneSort::Waiting);
        shown.view.arrangement().setGrouping(LaneGrouping::State);
        shown.selection.select(selected, 1);
        for (int i = 0; i < 50; ++i) {
            test::addTask(*shown.trace, "later", "ready 400 410,running 410");
            shown.trace->advanceTo((420 + i) * ms);
            shown.view.refresh();
        }
        shown.trace->changeInfo([](RunInfo &info) { info.finished = true; });
        shown.view.refresh();
        QCOMPARE(shown.selection.lane(), selected);
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(1));
        QCOMPARE(shown.view.arrangement().shownTasks(), std::size_t(54));
    }

    void aNameIsDraggedToAnotherPlace()
    {
        Shown shown(test::largeTrace(100, 3));
        shown.view.grab();
        const std::vector<LaneId> &tasks = shown.trace->tasks();
        const int first = 26 + 24 + 26 + 24 + 13;
        QTest::mousePress(&shown.view, Qt::LeftButton, {}, {50, first});
        QTest::mouseMove(&shown.view, {50, first + 30});
        QTest::mouseMove(&shown.view, {50, first + 2 * 26 + 8});
        shown.view.grab();
        keepShot(shown.view, QStringLiteral("dragged"));
        QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, {50, first + 2 * 26 + 8});
        const auto order = shown.view.arrangement().order();
        const LaneSection &section = order->sections()[1];
        QCOMPARE(std::vector(section.lanes.begin(), section.lanes.begin() + 5),
                 (std::vector{tasks[1], tasks[2], tasks[0], tasks[3], tasks[4]}));
        QCOMPARE(shown.view.arrangement().sort(), LaneSort::ByHand);
        shown.view.grab();
        QCOMPARE(shown.view.firstVisibleLane(), tasks[1]); // only the one has moved
        shown.view.moveSelectedLane(-1);
        QCOMPARE(section.lanes[2], tasks[0]); // an order that was given out stays as it was
        QCOMPARE(shown.view.arrangement().order()->sections()[1].lanes[1], tasks[0]);
    }

    void theTipOfANameIsNoMarkup()
    {
        const auto trace = std::make_shared<Trace>();
        const LaneId task = test::addTask(*trace, "cat & mouse", "running 0 10");
        Shown shown(trace);
        const auto y = yOf(shown, task);
        QVERIFY(y);
        const QPoint at(60, *y + 2);
        QHelpEvent event(QEvent::ToolTip, at, shown.view.mapToGlobal(at));
        QCoreApplication::sendEvent(&shown.view, &event);
        const QString tip = QToolTip::text();
        QTextDocument document;
        document.setHtml(tip);
        const QString told = Qt::mightBeRichText(tip) ? document.toPlainText() : tip;
        QVERIFY2(told.startsWith(QStringLiteral("cat & mouse: ")), qPrintable(tip));
    }

    void escapeEndsADrag()
    {
        Shown shown(test::largeTrace(20, 3));
        shown.view.grab();
        QTest::mousePress(&shown.view, Qt::LeftButton, {}, {50, 120});
        QTest::mouseMove(&shown.view, {50, 260});
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, {50, 260});
        QCOMPARE(shown.view.arrangement().sort(), LaneSort::Creation);
    }

    void thePartsOfDividedTasksFold()
    {
        Shown shown(test::articleTrace());
        shown.view.arrangement().setGrouping(LaneGrouping::State);
        keepShot(shown.view, QStringLiteral("grouped"));
        shown.view.grab();
        QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {50, 26 + 24 + 26 + 12}); // "done"
        const auto order = shown.view.arrangement().order();
        QVERIFY(order->sections()[1].isFolded);
        QCOMPARE(shown.view.firstVisibleLane(), order->sections()[2].lanes.front());
    }

    void hoverIsShared()
    {
        Shown shown(test::articleTrace());
        shown.view.grab();
        const int second = 26 + 24 + 26 + 24 + 26 + 13;
        shown.moveMouse({600, second});
        QCOMPARE(shown.hover.lane(), shown.trace->tasks()[1]);
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&shown.view, &leave);
        QCOMPARE(shown.hover.lane(), noLane);
        const QImage before = shown.view.grab().toImage();
        shown.hover.setLane(shown.trace->tasks()[1]);
        const QImage after = shown.view.grab().toImage();
        QVERIFY(after.pixelColor(5, second) != before.pixelColor(5, second));
        QCOMPARE(after.pixelColor(5, second + 26), before.pixelColor(5, second + 26));
    }

    void onTheLoopAndOnWorkersTheTaskIsHovered()
    {
        Shown shown(test::articleTrace(), {1000, 700});
        shown.view.grab();
        const auto &tasks = shown.trace->tasks();
        const int loop = yOf(shown, loopLaneId).value() + 12;
        const int worker = yOf(shown, 2).value() + 12;
        const int second = yOf(shown, tasks[2]).value() + 12;
        const int third = yOf(shown, tasks[3]).value() + 12;
        shown.moveMouse({60, 5});
        const QImage before = shown.view.grab().toImage();
        shown.moveMouse({shown.xOf(3000 * ms), worker});
        QCOMPARE(shown.hover.lane(), tasks[2]);
        const QImage after = shown.view.grab().toImage();
        for (const int y : {worker, second}) // beside the names
            QVERIFY(after.pixelColor(5, y) != before.pixelColor(5, y));
        QCOMPARE(after.pixelColor(5, third), before.pixelColor(5, third));
        shown.moveMouse({shown.xOf(3500 * ms), loop});
        QCOMPARE(shown.trace->nameOf(shown.hover.lane()), "parse config");
        shown.moveMouse({60, worker});
        QCOMPARE(shown.hover.lane(), LaneId(2));
        shown.moveMouse({shown.xOf(5000 * ms), worker}); // idle
        QCOMPARE(shown.hover.lane(), LaneId(2));
        QEvent leave(QEvent::Leave);
        QCoreApplication::sendEvent(&shown.view, &leave);
        QCOMPARE(shown.hover.lane(), noLane);
        QCOMPARE(shown.view.grab().toImage(), before);
    }

    // As runs are recorded: the loop's busy span goes on over many callbacks, and names none of their tasks.
    void theLoopsSpanNeedNotNameItsTasks()
    {
        const auto trace = std::make_shared<Trace>();
        trace->enter(loopLaneId, 0, State::Running, 0, noLane);
        const LaneId first = test::addTask(*trace, "first", "running 0 400, awaiting 400 1000");
        const LaneId second = test::addTask(*trace, "second", "ready 0 400, running 400 1000");
        trace->leave(loopLaneId, 1000 * ms);
        Shown shown(trace, {1000, 700});
        shown.view.grab();
        const int loop = yOf(shown, loopLaneId).value() + 12;
        shown.moveMouse({shown.xOf(200 * ms), loop});
        QCOMPARE(shown.hover.lane(), first);
        shown.moveMouse({shown.xOf(700 * ms), loop});
        QCOMPARE(shown.hover.lane(), second);
        shown.moveMouse({60, loop}); // on its name
        QCOMPARE(shown.hover.lane(), loopLaneId);
    }

    void aMouseThatRestsHoversWhatComesToBeUnderIt()
    {
        Shown shown(test::articleTrace(), {1000, 700});
        const int worker = yOf(shown, 2).value() + 12;
        const int x = shown.xOf(3000 * ms);
        shown.moveMouse({x, worker});
        QCOMPARE(shown.hover.lane(), shown.trace->tasks()[2]);
        const Nanoseconds idle = 5000 * ms;
        shown.viewport.setRange({idle - 10 * ms, idle + 10 * ms});
        QTRY_COMPARE(shown.hover.lane(), LaneId(2));
    }

    void scrollingBringsAnotherLaneUnderTheMouse()
    {
        Shown shown(test::largeTrace(100, 3));
        shown.moveMouse({60, 200});
        const LaneId before = shown.hover.lane();
        shown.wheel({60, 200}, -120, Qt::NoModifier);
        QVERIFY(shown.hover.lane() > before);
    }

    void aLaneThatMovesAwayFromTheMouseIsHighlightedNoMore()
    {
        Shown shown(test::largeTrace(100, 3));
        shown.selection.select(shown.trace->tasks()[0]);
        shown.view.grab();
        shown.moveMouse({60, 200});
        QCoreApplication::processEvents();
        const LaneId before = shown.hover.lane();
        PaintedRegion painted(shown.view);
        for (int i = 0; i < 15; ++i) // down to where the view scrolls
            QTest::keyClick(&shown.view, Qt::Key_Down);
        shown.view.repaint();
        QCOMPARE(shown.hover.lane(), before); // as it has just been painted, where it is by now
        painted.forget();
        QTRY_VERIFY(shown.hover.lane() != before);
        const QRect row = shown.view.rectOf(before, {});
        QVERIFY(!row.isEmpty());
        QTRY_VERIFY(painted.region().contains(row.center()));
    }

    void theCursorIsOfWhatIsThere()
    {
        Shown shown(test::articleTrace());
        shown.view.grab();
        shown.selection.selectRange(TimeRange{1000 * ms, 2000 * ms});
        shown.moveMouse({shown.xOf(1000 * ms), 200});
        QCOMPARE(shown.view.cursor().shape(), Qt::SplitHCursor);
        QTest::keyClick(&shown.view, Qt::Key_Escape);
        QVERIFY(!shown.selection.range());
        QCOMPARE(shown.view.cursor().shape(), Qt::ArrowCursor);
    }

    void endedRunsKeepTheirZoom()
    {
        Shown shown(test::articleTrace());
        shown.viewport.zoomAt(2500 * ms, 4);
        const TimeRange zoomed = shown.viewport.range();
        for (const Qt::Key key : {Qt::Key_Space, Qt::Key_End})
            QTest::keyClick(&shown.view, key);
        QCOMPARE(shown.viewport.range(), zoomed);
    }

    void factsHaveRoomWhereThereIsSome()
    {
        Shown narrow(test::articleTrace(), {500, 420});
        narrow.view.grab();
        QCOMPARE(narrow.nameWidth(), 216);
        Shown wide(test::articleTrace(), {1600, 420});
        wide.view.grab();
        QVERIFY(wide.nameWidth() > 216);
        QVERIFY(wide.nameWidth() <= 480);
    }

    void saysWhichRowsAreInView()
    {
        Shown shown(test::largeTrace(100, 3));
        const RowRange rows = shown.view.rowsInView().value();
        QVERIFY(rows.first.isHeader());
        QVERIFY(rows.last.lane > shown.trace->tasks().front());
        shown.wheel({600, 200}, -1200, Qt::NoModifier);
        QVERIFY(shown.view.rowsInView()->last.lane > rows.last.lane);
    }

    void nothingIsShownWithoutATrace()
    {
        Selection selection;
        Viewport viewport;
        TimelineView view(selection, viewport);
        view.resize(600, 300);
        view.refresh();
        QCOMPARE(view.grab().toImage().pixelColor(300, 150), Theme::of(view.palette()).canvas);
        QTest::keyClick(&view, Qt::Key_W);
        QTest::mouseClick(&view, Qt::LeftButton, {}, {300, 150});
        QCOMPARE(selection.lane(), noLane);
    }
};

QTEST_MAIN(TimelineViewTest)
#include "timeline_view_test.moc"
