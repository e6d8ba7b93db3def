#include "tests/support/sample_trace.h"
#include "ui/panels/details_panel.h"
#include "ui/panels/link_button.h"
#include "ui/panels/measurement_panel.h"
#include "ui/panels/task_table.h"
#include "ui/panels/task_table_model.h"
#include "ui/panels/task_table_view.h"
#include "ui/timeline/overview_strip.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/replay_bar.h"
#include "ui/window/run_page.h"
#include "ui/window/trace_page.h"

#include <QAbstractItemView>
#include <QAction>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>

using namespace loopscope;

namespace {

std::shared_ptr<TraceDocument> fileDocument(const std::string &path)
{
    return std::make_shared<TraceDocument>(test::articleTrace(), TraceFile{path, true});
}

/// So many tasks that they do not fit, a millisecond long.
std::shared_ptr<Trace> tallTrace(int tasks)
{
    auto trace = std::make_shared<Trace>();
    trace->addLane(LaneKind::Loop, "loop", 0);
    for (int i = 0; i < tasks; ++i)
        trace->addLane(LaneKind::Task, "task " + std::to_string(i), 0);
    trace->advanceTo(nanosecondsPerMillisecond);
    trace->changeInfo([](RunInfo &info) { info.finished = true; });
    return trace;
}

} // namespace

class TracePageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesTheFileBeforeTheRun();
    void knowsWhatIsUnsaved();
    void keepsTheViewWhenMoreOfTheFileIsKnown();
    void keepsMarksWithTheirDocument();
    void catchesUpWhenItIsSeen();
    void aTaskIsHoveredInEveryPanel();
    void keysSteerTheReplay();
    void theViewFollowsThePlayhead();
    void theLastPageShowsTheEnd();
    void endGoesToTheEndOfARunThatIsOver();
    void theOverviewShowsWhereAReplayIs();
    void aMarkHasAMenuOfItsOwn();
    void linksLeadToLanesThatAreHidden();
    void aLinkGivesTheKeysToTheTimeline();
    void aMeasurementTakesTheRoomOfTheTable();
    void keysOfTheTimelineWorkBesideIt_data();
    void keysOfTheTimelineWorkBesideIt();
};

void TracePageTest::namesTheFileBeforeTheRun()
{
    TracePage page;
    page.setDocument(fileDocument("/tmp/my [*] run.loopscope"));
    const QString title = page.windowTitleText();
    QVERIFY2(title.startsWith(QStringLiteral("my [*][*] run.loopscope[*] – ")), qPrintable(title));
    QCOMPARE(page.tabText(), QStringLiteral("my [*] run.loopscope"));
    page.setDocument(std::make_shared<TraceDocument>(test::articleTrace(), RunRequest()));
    QVERIFY2(page.windowTitleText().startsWith(QStringLiteral("Untitled[*] – ")), qPrintable(page.windowTitleText()));
    QVERIFY(page.tabText().endsWith(QLatin1Char('*')));
}

void TracePageTest::knowsWhatIsUnsaved()
{
    TraceDocument run(test::articleTrace(), RunRequest());
    QVERIFY(run.isUnsaved());
    const std::uint64_t edits = run.edits();
    run.noteEdit(); // while it is being saved
    run.noteSaved({"/tmp/a.loopscope", true}, edits);
    QVERIFY(run.isUnsaved());
    run.noteSaved({"/tmp/a.loopscope", true}, run.edits());
    QVERIFY(!run.isUnsaved());
    QCOMPARE(run.name(), QStringLiteral("a.loopscope"));
}

void TracePageTest::keepsTheViewWhenMoreOfTheFileIsKnown()
{
    const auto document = std::make_shared<TraceDocument>(tallTrace(100), TraceFile{"/tmp/a.json", false});
    TracePage page;
    page.resize(900, 600);
    page.setDocument(document);
    page.show();
    const TimeRange range{200 * nanosecondsPerMicrosecond, 400 * nanosecondsPerMicrosecond};
    page.viewport().setRange(range);
    page.timeline().setScrollPosition(321);
    QCOMPARE(page.timeline().scrollPosition(), 321);
    Marks marks;
    marks.add(7);
    document->replaceTrace(tallTrace(200), marks);
    QCOMPARE(page.viewport().range(), range);
    QCOMPARE(page.timeline().scrollPosition(), 321);
    QCOMPARE(page.pictureScope().marks.size(), 1U);
    QCOMPARE(page.timeline().trace(), document->trace());
}

void TracePageTest::keepsMarksWithTheirDocument()
{
    const auto first = fileDocument("/tmp/a.loopscope");
    TracePage page;
    page.setDocument(first);
    auto &strip = *page.findChild<OverviewStrip *>();
    const QImage plain = strip.grab().toImage();
    page.addMark();
    QVERIFY(strip.grab().toImage() != plain);
    QVERIFY(first->isUnsaved());
    QVERIFY(page.tabText().endsWith(QLatin1Char('*')));
    page.setDocument(fileDocument("/tmp/b.loopscope"));
    QVERIFY(page.pictureScope().marks.empty());
    page.setDocument(first);
    QCOMPARE(page.pictureScope().marks.size(), 1U);
}

void TracePageTest::catchesUpWhenItIsSeen()
{
    auto trace = std::make_shared<Trace>();
    trace->addLane(LaneKind::Loop, "loop", 0);
    TracePage page;
    page.setDocument(std::make_shared<TraceDocument>(trace, RunRequest()));
    trace->advanceTo(nanosecondsPerSecond);
    page.refresh(); // it is not visible
    QCOMPARE(page.viewport().extent().end, 0);
    page.show();
    QCOMPARE(page.viewport().extent().end, nanosecondsPerSecond);
}

void TracePageTest::aTaskIsHoveredInEveryPanel()
{
    const auto trace = test::articleTrace();
    TracePage page;
    page.resize(1400, 1000);
    page.setDocument(std::make_shared<TraceDocument>(trace, TraceFile{"/tmp/a.loopscope", true}));
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    page.timeline().selection().select(trace->workers()[0]);
    const auto links = page.findChild<DetailsPanel *>()->findChildren<LinkButton *>();
    const auto link = std::ranges::find_if(links, [](const LinkButton *button) { return button->isVisible(); });
    QVERIFY(link != links.end());
    const LaneId task = trace->tasks()[1]; // where the link leads
    const auto *table = page.findChild<TaskTableView *>();
    const auto ground = [&] { return page.timeline().grab().toImage().pixelColor(6, page.timeline().rectOf(task, {}).center().y()); };
    const QColor before = ground();
    QCOMPARE(table->highlightedRow(), -1);

    QEvent enter(QEvent::Enter);
    QCoreApplication::sendEvent(*link, &enter);
    QVERIFY(ground() != before);
    const QModelIndex row = table->model()->index(table->highlightedRow(), 0);
    QCOMPARE(row.data(TaskTableModel::LaneRole).value<LaneId>(), task);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(*link, &leave);
    QCOMPARE(ground(), before);
    QCOMPARE(table->highlightedRow(), -1);

    const QRect worker = page.timeline().rectOf(trace->workers()[0], trace->spanCount(trace->workers()[0]) - 1); // runs that task
    QTest::mouseMove(&page.timeline(), worker.center());
    QVERIFY(ground() != before);
    QCOMPARE(table->model()->index(table->highlightedRow(), 0).data(TaskTableModel::LaneRole).value<LaneId>(), task);
}

void TracePageTest::keysSteerTheReplay()
{
    TracePage page;
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    const Nanoseconds end = page.shownTrace()->now();
    page.setReplaying(true);
    const auto isPaused = [&page] {
        return std::ranges::any_of(page.findChildren<QToolButton *>(),
                                   [](const QToolButton *button) { return button->toolTip().startsWith(QStringLiteral("Play on")); });
    };
    QVERIFY(!isPaused());
    QTest::keyClick(&page.timeline(), Qt::Key_Space);
    QVERIFY(isPaused());
    QVERIFY(page.shownTrace()->now() < end);
    QTest::keyClick(&page.timeline(), Qt::Key_End);
    QCOMPARE(page.shownTrace()->now(), end);
    QTest::keyClick(&page.timeline(), Qt::Key_Space); // from the beginning again
    QVERIFY(!isPaused());
}

void TracePageTest::theViewFollowsThePlayhead()
{
    TracePage page;
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    const Nanoseconds wall = page.shownTrace()->now();
    page.viewport().setRange({0, wall / 50});
    page.setReplaying(true); // from the view's beginning on
    auto *speed = page.findChild<ReplayBar *>()->findChild<QComboBox *>();
    Q_EMIT speed->activated(speed->count() - 1); // the highest
    const TimeRange before = page.viewport().range();
    QTRY_VERIFY_WITH_TIMEOUT(page.viewport().range().begin > before.begin, 30'000);
    QCOMPARE(page.viewport().range().length(), before.length());
    QVERIFY(page.viewport().range().contains(page.shownTrace()->now()));

    page.viewport().setRange(before); // somebody looks at what was
    QTest::qWait(100);
    QCOMPARE(page.viewport().range(), before);
    page.history().goBack();
    QVERIFY2(page.viewport().range().length() > before.length(), "pages that turn by themselves are no views to come back to");
}

void TracePageTest::theLastPageShowsTheEnd()
{
    TracePage page;
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    const Nanoseconds end = page.shownTrace()->now();
    page.viewport().setRange({end - end / 10, end});
    page.setReplaying(true); // from the view's beginning on
    auto *speed = page.findChild<ReplayBar *>()->findChild<QComboBox *>();
    Q_EMIT speed->activated(speed->count() - 1); // the highest
    QTRY_VERIFY_WITH_TIMEOUT(page.shownTrace()->now() >= end, 30'000);
    const TimeRange last = page.viewport().range();
    QVERIFY(last.contains(end));
    QVERIFY(last.end - end <= end / 100);
    QTRY_VERIFY_WITH_TIMEOUT((QTest::keyClick(&page.timeline(), Qt::Key_Space), page.shownTrace()->now() < end), 30'000); // again
    QVERIFY(page.viewport().range().contains(page.shownTrace()->now()));
    QCOMPARE(page.viewport().range().length(), last.length());
}

void TracePageTest::endGoesToTheEndOfARunThatIsOver()
{
    TracePage page;
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    const TimeRange extent = page.viewport().extent();
    const TimeRange begin{0, extent.length() / 10};
    page.viewport().setRange(begin);
    QTest::keyClick(&page.timeline(), Qt::Key_End);
    QCOMPARE(page.viewport().range().length(), begin.length());
    QVERIFY(page.viewport().range().contains(extent.end));
    QVERIFY(page.viewport().range().end - extent.end < begin.length() / 10);
    page.viewport().fitAll();
    const TimeRange whole = page.viewport().range();
    QTest::keyClick(&page.timeline(), Qt::Key_End);
    QCOMPARE(page.viewport().range(), whole);
}

void TracePageTest::theOverviewShowsWhereAReplayIs()
{
    TracePage page;
    page.resize(1000, 700);
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    page.show();
    auto &strip = *page.findChild<OverviewStrip *>();
    QTRY_VERIFY(strip.isUpToDate());
    const QImage whole = strip.grab().toImage();
    page.setReplaying(true);
    QTest::keyClick(&page.timeline(), Qt::Key_Space); // paused
    const QImage replayed = strip.grab().toImage();
    QVERIFY(replayed != whole);
    QTest::keyClick(&page.timeline(), Qt::Key_End);
    QVERIFY(strip.grab().toImage() != replayed);
    page.setReplaying(false);
    QCOMPARE(strip.grab().toImage(), whole);
}

// What the link selects has other facts: it gives way to them, and the keys would go to whatever comes next.
void TracePageTest::aLinkGivesTheKeysToTheTimeline()
{
    TracePage page;
    page.resize(1400, 900);
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    page.show();
    QVERIFY(QTest::qWaitForWindowActive(&page));
    const auto links = page.findChildren<LinkButton *>();
    const auto link = std::ranges::find_if(links, &QWidget::isVisible);
    QVERIFY(link != links.end());
    (*link)->setFocus();
    QTest::keyClick(*link, Qt::Key_Return);
    QVERIFY(page.timeline().hasFocus());
}

void TracePageTest::aMarkHasAMenuOfItsOwn()
{
    TracePage page;
    const auto document = fileDocument("/tmp/a.loopscope");
    page.setDocument(document);
    page.addMark();
    TimelineView &timeline = page.timeline();
    const QSignalSpy lanes(&timeline, &TimelineView::menuRequested);
    const QSignalSpy marks(&timeline, &TimelineView::markMenuRequested);
    for (int x = 0; x < timeline.width() && marks.isEmpty(); x += 3) { // along the ruler, where flags are
        QContextMenuEvent click(QContextMenuEvent::Mouse, QPoint(x, 4), timeline.mapToGlobal(QPoint(x, 4)));
        QCoreApplication::sendEvent(&timeline, &click);
    }
    QVERIFY(!lanes.isEmpty());
    QCOMPARE(marks.count(), 1);
    const auto actions = page.findChildren<QAction *>();
    const auto remove = std::ranges::find(actions, QStringLiteral("Re&move"), &QAction::text);
    QVERIFY(remove != actions.end());
    (*remove)->trigger();
    QVERIFY(document->marks()->all().empty());
}

void TracePageTest::linksLeadToLanesThatAreHidden()
{
    TracePage page;
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    page.show();
    LaneArrangement &lanes = page.timeline().arrangement();
    const LaneId hidden = page.shownTrace()->tasks()[1];
    lanes.hide(hidden);
    Q_EMIT page.findChild<DetailsPanel *>()->followed(hidden, 4);
    QVERIFY(lanes.order()->placeOf(hidden));
    QCOMPARE(page.timeline().selection().span(), std::optional<std::size_t>(4));
    lanes.hide(hidden);
    Q_EMIT page.findChild<MeasurementPanel *>()->followed(hidden, {});
    QVERIFY(lanes.order()->placeOf(hidden));
}

// The lanes that somebody measures stay where they are.
void TracePageTest::aMeasurementTakesTheRoomOfTheTable()
{
    TracePage page;
    page.resize(1440, 1000);
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    TimelineView &timeline = page.timeline();
    const QWidget &tasks = page.runPage().tasks();
    const int timelineBefore = timeline.height();
    const int tasksBefore = tasks.height();
    const QPoint from(timeline.width() / 2, timeline.height() / 2);
    QTest::mousePress(&timeline, Qt::LeftButton, Qt::NoModifier, from);
    QTest::mouseMove(&timeline, from + QPoint(120, 0));
    QTest::mouseRelease(&timeline, Qt::LeftButton, Qt::NoModifier, from + QPoint(120, 0));
    QTRY_VERIFY(page.findChild<MeasurementPanel *>()->isVisible());
    QTRY_VERIFY(tasks.height() < tasksBefore);
    QVERIFY2(timeline.height() > timelineBefore * 3 / 4, qPrintable(QString::number(timeline.height())));
    QTest::keyClick(&timeline, Qt::Key_Escape);
    QTRY_COMPARE(timeline.height(), timelineBefore);
    QCOMPARE(tasks.height(), tasksBefore);
}

void TracePageTest::keysOfTheTimelineWorkBesideIt_data()
{
    QTest::addColumn<int>("panel");
    QTest::newRow("the table") << 0;
    QTest::newRow("the overview") << 1;
    QTest::newRow("the measurement") << 2;
}

void TracePageTest::keysOfTheTimelineWorkBesideIt()
{
    QFETCH(int, panel);
    TracePage page;
    page.setDocument(fileDocument("/tmp/a.loopscope"));
    QWidget *const panels[] = {&page.runPage().tasks().rows(), page.findChild<OverviewStrip *>(),
                               page.findChild<MeasurementPanel *>()->findChild<QAbstractItemView *>()};
    QSignalSpy wanted(&page.timeline(), &TimelineView::commandWanted);
    const TimeRange all = page.viewport().range();
    QTest::keyClick(panels[panel], Qt::Key_W);
    const TimeRange zoomed = page.viewport().range();
    QVERIFY(zoomed.length() < all.length());
    QTest::keyClick(panels[panel], Qt::Key_S);
    QVERIFY(page.viewport().range().length() > zoomed.length());
    QTest::keyClick(panels[panel], Qt::Key_M);
    QCOMPARE(wanted.count(), 1);
    KeyMap keys;
    keys.add(Command::AddMark, {Qt::Key_J});
    page.timeline().setKeys(keys);
    QTest::keyClick(panels[panel], Qt::Key_J);
    QCOMPARE(wanted.count(), 2);
    QTest::keyClick(panels[panel], Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(panels[panel], Qt::Key_Y); // is nobody's
    QCOMPARE(wanted.count(), 2);
}

QTEST_MAIN(TracePageTest)
#include "trace_page_test.moc"
