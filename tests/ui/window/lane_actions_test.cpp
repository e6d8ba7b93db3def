#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/task_filter.h"
#include "ui/timeline/timeline_view.h"
#include "ui/window/lane_actions.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QMenu>
#include <QTest>

using namespace loopscope;

namespace {

struct Shown {
    std::shared_ptr<Trace> trace = test::articleTrace();
    Selection selection;
    Viewport viewport;
    TaskFilter filter;
    TimelineView timeline{selection, viewport};
    LaneActions actions{timeline, selection, filter, nullptr};
    QMenu menu;

    Shown()
    {
        actions.fill(menu);
        applyKeys(actions.byCommand(), KeyMap());
        timeline.resize(900, 420);
        timeline.setTrace(trace);
        timeline.show();
        timeline.setFocus();
        (void)QTest::qWaitForWindowActive(&timeline);
    }

    [[nodiscard]] static QAction *find(const QMenu &in, const QString &text)
    {
        for (QAction *action : in.actions()) {
            if (QString(action->text()).remove(QLatin1Char('&')).startsWith(text))
                return action;
            if (QAction *inner = action->menu() ? find(*action->menu(), text) : nullptr)
                return inner;
        }
        return nullptr;
    }
    [[nodiscard]] QAction &action(const char *text) const { return *find(menu, QLatin1String(text)); }
    [[nodiscard]] const LaneArrangement &lanes() const { return timeline.arrangement(); }
};

} // namespace

class LaneActionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theyAreForTheSelectedLane()
    {
        Shown shown;
        QVERIFY(!shown.action("Pin").isEnabled());
        shown.selection.select(loopLaneId);
        QVERIFY(!shown.action("Pin").isEnabled());
        const LaneId task = shown.trace->tasks()[2];
        shown.selection.select(task);
        shown.action("Pin").trigger();
        QVERIFY(shown.lanes().isPinned(task));
        QVERIFY(shown.action("Pin").isChecked());
        shown.action("Pin").trigger();
        QVERIFY(!shown.lanes().isPinned(task));
        shown.action("Hide other lanes").trigger();
        QCOMPARE(shown.lanes().shownTasks(), std::size_t(1));
        QCOMPARE(shown.selection.lane(), task);
        shown.action("Show all lanes").trigger();
        QVERIFY(!shown.action("Show all").isEnabled());
    }

    void keysReachThem()
    {
        Shown shown;
        const LaneId task = shown.trace->tasks()[2];
        shown.selection.select(task);
        QTest::keyClick(&shown.timeline, Qt::Key_P);
        QVERIFY(shown.lanes().isPinned(task));
        QTest::keyClick(&shown.timeline, Qt::Key_P);
        QTest::keyClick(&shown.timeline, Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(shown.lanes().order()->placeOf(task)->index, 3U);
        QTest::keyClick(&shown.timeline, Qt::Key_Up, Qt::AltModifier | Qt::ShiftModifier);
        QCOMPARE(shown.lanes().order()->placeOf(task)->index, 2U);
        QTest::keyClick(&shown.timeline, Qt::Key_H);
        QCOMPARE(shown.lanes().hiddenCount(), std::size_t(1));
        QTest::keyClick(&shown.timeline, Qt::Key_H, Qt::ShiftModifier);
        QCOMPARE(shown.lanes().hiddenCount(), std::size_t(0));
    }

    void hidingGoesOnWithTheNextLane()
    {
        Shown shown;
        const std::vector<LaneId> &tasks = shown.trace->tasks();
        shown.selection.select(tasks[2]);
        QTest::keyClick(&shown.timeline, Qt::Key_H);
        QCOMPARE(shown.selection.lane(), tasks[3]);
        QTest::keyClick(&shown.timeline, Qt::Key_H);
        QCOMPARE(shown.lanes().hiddenCount(), std::size_t(2));
        QCOMPARE(shown.selection.lane(), tasks[4]);
        shown.selection.select(shown.trace->workers().back());
        QTest::keyClick(&shown.timeline, Qt::Key_H);
        QCOMPARE(shown.selection.lane(), *(shown.trace->workers().end() - 2)); // there is none below
    }

    void choicesSortGroupAndFilter()
    {
        Shown shown;
        shown.action("Duration").trigger();
        QCOMPARE(shown.lanes().sort(), LaneSort::Duration);
        shown.action("State of now").trigger();
        QCOMPARE(shown.lanes().grouping(), LaneGrouping::State);
        QVERIFY(shown.action("State of now").isChecked());
        QVERIFY(!shown.action("Nothing").isChecked());
        shown.action("Only failed").trigger();
        QCOMPARE(shown.filter.terms().trait, std::optional(TaskTrait::Failed));
        shown.action("Clear filter").trigger();
        QVERIFY(shown.action("Any outcome").isChecked());
        QVERIFY(!shown.action("Clear filter").isEnabled());
    }

    void aChosenSortShowsWhatIsFirst()
    {
        Shown shown;
        shown.timeline.resize(900, 250);
        shown.selection.select(shown.trace->workers().back());
        shown.timeline.grab();
        QVERIFY(shown.timeline.firstVisibleLane() != shown.trace->tasks().front());
        shown.action("Time blocking").trigger();
        QCOMPARE(shown.timeline.firstVisibleLane(), shown.lanes().order()->sections()[1].lanes.front());
    }

    void aLanesMenuSelectsIt()
    {
        Shown shown;
        shown.timeline.grab();
        QPoint asked;
        connect(&shown.timeline, &TimelineView::menuRequested, this, [&asked](const QPoint &at) { asked = at; });
        const QPoint at(50, 26 + 24 + 26 + 24 + 26 + 13);
        QContextMenuEvent event(QContextMenuEvent::Mouse, at, shown.timeline.mapToGlobal(at));
        QCoreApplication::sendEvent(&shown.timeline, &event);
        QCOMPARE(shown.selection.lane(), shown.trace->tasks()[1]);
        QCOMPARE(asked, shown.timeline.mapToGlobal(at));
    }

    void choicesHaveNamesForSettings()
    {
        for (const LaneSort sort : {LaneSort::Creation, LaneSort::Start, LaneSort::Duration, LaneSort::Blocking, LaneSort::Waiting})
            QCOMPARE(sortOfName(sortName(sort)), std::optional(sort));
        for (const LaneGrouping grouping :
             {LaneGrouping::None, LaneGrouping::State, LaneGrouping::Kind, LaneGrouping::Parent, LaneGrouping::Folder})
            QCOMPARE(groupingOfName(groupingName(grouping)), std::optional(grouping));
        QCOMPARE(sortOfName(QStringLiteral("colour")), std::nullopt);
        QCOMPARE(groupingOfName({}), std::nullopt);
    }

    void onlyAParentHasChildren()
    {
        Shown shown;
        const LaneId parent = shown.trace->tasks()[1];
        const LaneId child = shown.trace->tasks()[3];
        shown.trace->changeTask(child, [parent](TaskFacts &task) { task.parent = parent; });
        const auto hasChildren = [&shown](LaneId task) {
            shown.selection.select(task);
            Q_EMIT shown.action("Filter").menu()->aboutToShow();
            return shown.action("Only children of").isEnabled();
        };
        QVERIFY(!hasChildren(child));
        QVERIFY(hasChildren(parent));
        shown.action("Only children of").trigger();
        QCOMPARE(shown.filter.terms().parent, std::optional(parent));
        QVERIFY(!hasChildren(shown.trace->tasks()[2]));
    }

    void lanesOfOthersHaveProcessesAndNoOutcomes()
    {
        Shown shown;
        QVERIFY(!shown.action("Process").isEnabled());
        shown.timeline.setTrace(test::importedTrace());
        shown.selection.select(3); // a row of the browser's main
        QVERIFY(shown.action("Process").isEnabled() && shown.action("Process").isChecked());
        QVERIFY(!shown.action("Folder").isEnabled());
        QVERIFY(!shown.action("Only children of main").isEnabled());
        shown.action("Only of process browser (7)").trigger();
        QCOMPARE(shown.filter.terms().parent, std::optional<LaneId>(1));
        shown.action("Pin").trigger();
        QVERIFY(shown.lanes().isPinned(2));
        shown.action("Nothing").trigger();
        QCOMPARE(shown.lanes().grouping(), LaneGrouping::None);
        QCOMPARE(shown.lanes().lastingGrouping(), LaneGrouping::None);
    }
};

QTEST_MAIN(LaneActionsTest)
#include "lane_actions_test.moc"
