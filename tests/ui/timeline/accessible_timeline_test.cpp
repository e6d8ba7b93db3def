#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/accessible_tree.h"

#include <QAccessible>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

/// A view of a trace, shown, as a screen reader gets it.
struct Told {
    explicit Told(std::shared_ptr<Trace> toldTrace)
        : trace(std::move(toldTrace))
        , view(selection, viewport)
    {
        view.resize(1000, 420);
        view.setTrace(trace);
        view.show();
        (void)QTest::qWaitForWindowExposed(&view);
    }

    [[nodiscard]] QAccessibleInterface *root() { return QAccessible::queryAccessibleInterface(&view); }
    [[nodiscard]] int rowCount() { return root()->childCount() - 1; } // the scroll bar comes after them
    [[nodiscard]] QAccessibleInterface *lane(LaneId id)
    {
        const auto row = view.layout().rowOf(id);
        return row ? root()->child(static_cast<int>(view.layout().rowsAbove(*row))) : nullptr;
    }
    [[nodiscard]] QAccessibleInterface *header(const GroupKey &group)
    {
        const auto row = view.layout().headerOf(group);
        return row ? root()->child(static_cast<int>(view.layout().rowsAbove(*row))) : nullptr;
    }
    /// The names of the rows, each up to what is said of it.
    [[nodiscard]] QStringList rows()
    {
        QStringList names;
        for (int i = 0; i < rowCount(); ++i) {
            QAccessibleInterface *const row = root()->child(i);
            const QString title = row->text(QAccessible::Name).section(QLatin1Char(':'), 0, 0);
            const bool isHeader = row->role() == QAccessible::Heading;
            names.append(isHeader ? QStringLiteral("[%1]").arg(title) : title);
        }
        return names;
    }

    std::shared_ptr<Trace> trace;
    Selection selection;
    Viewport viewport;
    TimelineView view;
};

/// What is noticed of the rows of a view. Off screen nobody listens, so that it is here that the rows are touched.
class Listener {
public:
    explicit Listener(Told &told)
        : told_(told)
        , tree_(dynamic_cast<AccessibleTimeline &>(*told.root()))
    {
        const RowWatch &watch = tree_.rowWatch();
        QObject::connect(&watch, &RowWatch::came, &told.view, [this](const std::vector<WatchedRow> &rows) {
            for (const WatchedRow &row : rows)
                created.append(row.lane == noLane ? QStringLiteral("header") : told_.lane(row.lane)->text(QAccessible::Name));
        });
        QObject::connect(&watch, &RowWatch::reordered, &told.view, [this] { ++reorders; });
    }

    void addLane(const std::string &name)
    {
        told_.trace->addLane(LaneKind::Task, name, told_.trace->now());
        refresh();
    }
    void refresh()
    {
        told_.view.refresh();
        tree_.touchRows();
    }

    QStringList created;
    int reorders = 0;

private:
    Told &told_;
    AccessibleTimeline &tree_;
};

QStringList listed(std::initializer_list<const char *> texts)
{
    QStringList all;
    for (const char *const text : texts)
        all.append(QString::fromUtf8(text));
    return all;
}

const QStringList articleTasks = listed({"access.log", "photo of a very long afternoon in the mountains.raw", "sync_function (1)",
                                         "sync_function (2)", "fetch users", "secret.txt", "late one", "parse config"});
const QStringList articleWorkers = listed({"worker #1", "worker #2", "worker #3"});

} // namespace

class AccessibleTimelineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyLaneAndEverySpanIsTold()
    {
        Told told(test::articleTrace());
        QAccessibleInterface *const root = told.root();
        QCOMPARE(root->role(), QAccessible::List);
        QCOMPARE(root->text(QAccessible::Name), QStringLiteral("Timeline"));
        QCOMPARE(told.rowCount(), static_cast<int>(told.trace->laneCount()) + 3);
        for (LaneId id = 0; id < told.trace->laneCount(); ++id) {
            QAccessibleInterface *const lane = told.lane(id);
            QVERIFY(lane && lane->isValid());
            QCOMPARE(lane->role(), QAccessible::ListItem);
            QVERIFY(!lane->text(QAccessible::Name).isEmpty());
            QCOMPARE(lane->parent(), root);
            QCOMPARE(root->child(root->indexOfChild(lane)), lane);
            QCOMPARE(lane->childCount(), static_cast<int>(told.trace->spanCount(id)));
            for (int i = 0; i < lane->childCount(); ++i) {
                QAccessibleInterface *const span = lane->child(i);
                QVERIFY(span && span->isValid());
                QVERIFY(span->text(QAccessible::Name).contains(QLatin1String(" for ")));
                QCOMPARE(span->parent(), lane);
                QCOMPARE(lane->indexOfChild(span), i);
                QCOMPARE(lane->child(i), span);
            }
        }
    }

    void rowsAreToldAsTheyAreShown()
    {
        Told told(test::articleTrace());
        QCOMPARE(told.rows(),
                 listed({"[Event loop]", "loop", "[Tasks, 8 lanes]"}) + articleTasks + listed({"[Workers, 3 lanes]"}) + articleWorkers);
        QAccessibleInterface *const tasks = told.header(LaneGroup::Tasks);
        QCOMPARE(tasks->role(), QAccessible::Heading);
        QCOMPARE(tasks->text(QAccessible::Name), QStringLiteral("Tasks, 8 lanes: 6 done · 1 failed · 1 cancelled"));
        QCOMPARE(tasks->parent(), told.root());
        QCOMPARE(told.root()->indexOfChild(tasks), 2);
        QVERIFY(tasks->state().expandable && tasks->state().expanded && !tasks->state().collapsed);
        QVERIFY(!tasks->rect().isEmpty());
        QCOMPARE(told.root()->childAt(tasks->rect().center().x(), tasks->rect().center().y()), tasks);
        QCOMPARE(told.lane(told.trace->tasks()[2])->text(QAccessible::Description), QStringLiteral("lane 3 of 8"));
        QCOMPARE(told.lane(told.trace->workers()[2])->text(QAccessible::Description), QStringLiteral("lane 3 of 3"));
    }

    void whatIsHiddenIsNotThere()
    {
        Told told(test::articleTrace());
        const LaneId second = told.trace->tasks()[1];
        const LaneId third = told.trace->tasks()[2];
        QAccessibleInterface *const hidden = told.lane(second);
        QAccessibleInterface *const kept = told.lane(third);
        told.view.arrangement().hide(second);
        QVERIFY(!told.rows().contains(articleTasks[1]));
        QVERIFY(told.rows().contains(QStringLiteral("[Tasks, 7 of 8 lanes]")));
        QCOMPARE(told.root()->indexOfChild(hidden), -1);
        QVERIFY(hidden->state().invisible);
        QCOMPARE(told.lane(third), kept);
        QCOMPARE(kept->text(QAccessible::Description), QStringLiteral("lane 2 of 7"));
        told.view.arrangement().showAll();
        QCOMPARE(told.lane(second), hidden);
        QVERIFY(!hidden->state().invisible);
    }

    void whatIsFilteredOutIsNotThere()
    {
        Told told(test::articleTrace());
        QAccessibleInterface *const kept = told.lane(told.trace->tasks()[3]);
        TaskFilterTerms terms;
        terms.text = QStringLiteral("sync_function");
        told.view.arrangement().setFilter(terms);
        QCOMPARE(told.rows(),
                 listed({"[Event loop]", "loop", "[Tasks, 2 of 8 lanes]", "sync_function (1)", "sync_function (2)", "[Workers, 3 lanes]"})
                     + articleWorkers);
        QCOMPARE(told.lane(told.trace->tasks()[3]), kept);
        QCOMPARE(kept->text(QAccessible::Description), QStringLiteral("lane 2 of 2"));
    }

    void groupsAreToldAndFold()
    {
        Told told(test::articleTrace());
        told.view.arrangement().setGrouping(LaneGrouping::State);
        QVERIFY(told.rows().contains(QStringLiteral("[done, 6 lanes]")));
        QVERIFY(told.rows().contains(QStringLiteral("[failed, 1 lane]")));
        const GroupKey done = told.view.layout().rowOf(told.trace->tasks().front())->key();
        QAccessibleInterface *const header = told.header(done);
        QAccessibleInterface *const lane = told.lane(told.trace->tasks().front());
        const int rows = told.rowCount();
        header->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QVERIFY(header->state().collapsed && !header->state().expanded);
        QCOMPARE(told.header(done), header);
        QCOMPARE(told.rowCount(), rows - 6);
        QCOMPARE(told.root()->indexOfChild(lane), -1);
        QVERIFY(told.rows().contains(QStringLiteral("[done, 6 lanes]")));
        header->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(told.rowCount(), rows);
        told.view.arrangement().setGrouping(LaneGrouping::Kind);
        QVERIFY(!header->isValid());
        QCOMPARE(told.root()->indexOfChild(header), -1);
        QVERIFY(lane->isValid());
    }

    void pinnedLanesStandFirst()
    {
        Told told(test::articleTrace());
        QAccessibleInterface *const lane = told.lane(told.trace->tasks()[4]);
        told.view.arrangement().setPinned(told.trace->tasks()[4], true);
        QCOMPARE(told.rows().mid(0, 5), listed({"[Event loop]", "loop", "[Pinned, 1 lane]", "fetch users", "[Tasks, 7 of 8 lanes]"}));
        QCOMPARE(told.root()->child(3), lane);
    }

    void aSpanIsASentence()
    {
        const auto trace = std::make_shared<Trace>();
        trace->addLane(LaneKind::Worker, "#1", 0);
        const LaneId task = test::addTask(*trace, "Reading A.txt", "ready 0 5, running 5 9, in_worker 9 20 #1");
        trace->advanceTo(20 * ms);
        Told told(trace);
        QCOMPARE(told.lane(task)->child(2)->text(QAccessible::Name),
                 u"Reading A.txt: in worker for 11.0\u202Fms, read chunk, on worker #1"_qs);
        QVERIFY(told.lane(trace->workers()[0])->text(QAccessible::Name).startsWith(QLatin1String("worker #1")));
    }

    void aWaitTellsItsWaker()
    {
        const auto trace = std::make_shared<Trace>();
        trace->addLane(LaneKind::Worker, "#1", 0);
        const LaneId task = test::addTask(*trace, "reading a.txt", "running 0 5, awaiting 5 9, ready 9 20 #1");
        trace->advanceTo(20 * ms);
        Told told(trace);
        const QString sentence = told.lane(task)->child(1)->text(QAccessible::Name);
        QVERIFY2(sentence.startsWith(u"reading a.txt: awaiting for 4.00\u202Fms"_qs), qPrintable(sentence));
        QVERIFY2(sentence.endsWith(u", woken by worker #1"_qs), qPrintable(sentence));
    }

    void tellsWhereThingsAreAndWhatIsThere()
    {
        Told told(test::articleTrace());
        const LaneId task = told.trace->tasks().front();
        QAccessibleInterface *const lane = told.lane(task);
        const QRect row = lane->rect();
        QVERIFY(!row.isEmpty());
        QVERIFY(!lane->state().offscreen);
        QCOMPARE(told.root()->childAt(row.left() + 3, row.center().y()), lane);
        QAccessibleInterface *const span = lane->child(lane->childCount() - 1);
        const QPoint middle = span->rect().center();
        QVERIFY(row.contains(middle));
        QCOMPARE(lane->childAt(middle.x(), middle.y()), span);
    }

    void aReaderThatWalksFarKeepsWhatHasTheFocus()
    {
        Told told(test::largeTrace(500, 50));
        const std::vector<LaneId> tasks = told.trace->tasks();
        told.view.selection().select(tasks.front(), 0);
        const QAccessible::Id focused = QAccessible::uniqueId(told.lane(tasks.front())->child(0));
        const QAccessible::Id next = QAccessible::uniqueId(told.lane(tasks.front())->child(1));
        for (const LaneId task : tasks) {
            for (int i = 0; i < told.lane(task)->childCount(); ++i)
                QVERIFY(told.lane(task)->child(i));
        }
        QVERIFY(QAccessible::accessibleInterface(focused));
        QVERIFY(!QAccessible::accessibleInterface(next));
    }

    void whatIsFarAwayIsOffScreen()
    {
        Told told(test::largeTrace(500, 3));
        QAccessibleInterface *const scrollBar = told.root()->child(told.root()->childCount() - 1);
        QCOMPARE(scrollBar->role(), QAccessible::ScrollBar);
        const QPoint middle = scrollBar->rect().center();
        QCOMPARE(told.root()->childAt(middle.x(), middle.y()), scrollBar);
        QVERIFY(told.lane(told.trace->tasks().back())->state().offscreen);
        QVERIFY(told.lane(told.trace->tasks().back())->isValid());
    }

    void pressingSelects()
    {
        Told told(test::articleTrace());
        told.view.activateWindow();
        told.view.setFocus();
        QTRY_VERIFY(told.view.hasFocus());
        const LaneId task = told.trace->tasks()[2];
        QAccessibleInterface *const span = told.lane(task)->child(1);
        span->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QCOMPARE(told.selection.lane(), task);
        QCOMPARE(told.selection.span(), std::optional<std::size_t>(1));
        QVERIFY(span->state().selected);
        QVERIFY(span->state().focused);
        QVERIFY(!told.lane(task)->state().selected);
        QCOMPARE(told.root()->focusChild(), span);
    }

    void keysWalkThroughLanesAndSpans()
    {
        Told told(test::articleTrace());
        told.view.activateWindow();
        told.view.setFocus();
        QTRY_VERIFY(told.view.hasFocus());
        told.selection.select(told.trace->tasks().front());
        QTest::keyClick(&told.view, Qt::Key_Down);
        QCOMPARE(told.root()->focusChild(), told.lane(told.trace->tasks()[1]));
        QTest::keyClick(&told.view, Qt::Key_Period);
        QCOMPARE(told.root()->focusChild()->parent(), told.lane(told.trace->tasks()[1]));
        told.selection.select(told.trace->tasks().front());
        QTest::keyClick(&told.view, Qt::Key_Up);
        QAccessibleInterface *const header = told.header(LaneGroup::Tasks);
        QCOMPARE(told.root()->focusChild(), header);
        QVERIFY(header->state().focused);
        QVERIFY(!told.lane(told.trace->tasks().front())->state().focused);
    }

    void hiddenLanesHaveNoFocus()
    {
        Told told(test::articleTrace());
        told.view.activateWindow();
        told.view.setFocus();
        QTRY_VERIFY(told.view.hasFocus());
        told.view.arrangement().hide(told.trace->tasks()[1]);
        told.selection.select(told.trace->tasks()[1]);
        QAccessibleInterface *const focus = told.root()->focusChild();
        QVERIFY(!focus || focus == told.root());
    }

    void growsWithTheRun()
    {
        Told told(test::liveTrace());
        const LaneId task = told.trace->tasks().front();
        QAccessibleInterface *const lane = told.lane(task);
        QAccessibleInterface *const worker = told.lane(told.trace->workers()[0]);
        const int before = lane->childCount();
        const int rows = told.rowCount();
        told.trace->enter(task, told.trace->now() + ms, State::Running, 0, noLane);
        const LaneId added = told.trace->addLane(LaneKind::Task, "new", told.trace->now());
        told.view.refresh();
        QCOMPARE(lane->childCount(), before + 1);
        QVERIFY(lane->isValid());
        QCOMPARE(told.rowCount(), rows + 1);
        QCOMPARE(told.lane(task), lane);
        QCOMPARE(told.root()->indexOfChild(told.lane(added)), told.root()->indexOfChild(told.header(LaneGroup::Workers)) - 1);
        QCOMPARE(told.lane(told.trace->workers()[0]), worker);
        QCOMPARE(told.lane(added)->text(QAccessible::Description), QStringLiteral("lane 5 of 5"));
    }

    void newLanesAreToldOfOnce()
    {
        Told told(test::liveTrace());
        (void)told.rows();
        Listener listener(told);
        listener.addLane("first");
        listener.addLane("second");
        QVERIFY(listener.created.isEmpty()); // it comes once for all of them
        QTRY_COMPARE(listener.created, listed({"first", "second"}));
        listener.refresh();
        listener.addLane("third");
        QTRY_COMPARE(listener.created, listed({"first", "second", "third"}));
        QCOMPARE(listener.reorders, 0);
    }

    void manyNewLanesAreToldOfTogether()
    {
        Told told(test::liveTrace());
        (void)told.rows();
        Listener listener(told);
        for (int i = 0; i < 100; ++i)
            listener.addLane("task " + std::to_string(i));
        QTRY_COMPARE(listener.reorders, 1);
        QVERIFY(listener.created.isEmpty());
    }

    void anotherArrangementIsToldOf()
    {
        Told told(test::articleTrace());
        (void)told.rows();
        Listener listener(told);
        told.view.arrangement().hide(told.trace->tasks()[1]);
        listener.refresh();
        QTRY_COMPARE(listener.reorders, 1);
        told.view.arrangement().setSort(LaneSort::Duration);
        told.view.arrangement().setGrouping(LaneGrouping::Kind);
        listener.refresh();
        QTRY_COMPARE(listener.reorders, 2);
        told.view.setFolded(LaneGroup::Workers, true);
        listener.refresh();
        QTRY_COMPARE(listener.reorders, 3);
        QVERIFY(listener.created.isEmpty());
    }

    // Lanes of another run have the same numbers.
    void anotherRunIsToldOf()
    {
        Told told(test::articleTrace());
        (void)told.rows();
        Listener listener(told);
        told.view.setTrace(test::articleTrace());
        listener.refresh();
        QTRY_COMPARE(listener.reorders, 1);
        QVERIFY(listener.created.isEmpty());
    }

    void whoDoesNotAskIsNotTold()
    {
        Told told(test::liveTrace());
        Listener listener(told);
        listener.addLane("first");
        Told other(test::liveTrace()); // whose turn comes after that of the first
        (void)other.rows();
        Listener asked(other);
        asked.addLane("second");
        QTRY_COMPARE(asked.created, listed({"second"}));
        QVERIFY(listener.created.isEmpty());
        QCOMPARE(listener.reorders, 0);
    }

    void aReplayKeepsTheLanes()
    {
        const auto trace = test::articleTrace();
        Told told(trace);
        const LaneId task = trace->tasks()[0];
        QAccessibleInterface *const lane = told.lane(task);
        QAccessibleInterface *const late = told.lane(trace->tasks()[7]);
        const auto earlier = std::make_shared<Trace>();
        earlier->addLane(LaneKind::Loop, "Event loop", 0);
        for (const LaneId worker : trace->workers())
            earlier->addLane(LaneKind::Worker, std::string(trace->nameOf(worker)), 0);
        earlier->addLane(LaneKind::Task, "access.log", 0);
        earlier->advanceTo(10 * ms);
        told.view.setReplay(earlier, {0, 5600 * ms});
        QCOMPARE(told.lane(task), lane);
        QVERIFY(lane->isValid());
        QCOMPARE(lane->childCount(), 0);
        QVERIFY(!late->isValid()); // it has not come yet
        QCOMPARE(told.root()->indexOfChild(late), -1);
        told.view.setReplay(trace, {0, 5600 * ms});
        QCOMPARE(told.lane(trace->tasks()[7]), late);
        QVERIFY(late->isValid());
    }

    void laneAndSpansOutliveAWalkThroughMany()
    {
        const auto trace = test::largeTrace(1, 50'000);
        Told told(trace);
        QAccessibleInterface *const lane = told.lane(trace->tasks()[0]);
        const QAccessible::Id first = QAccessible::uniqueId(lane->child(0));
        for (int i = 0; i < lane->childCount(); ++i)
            QVERIFY(lane->child(i)->isValid());
        QCOMPARE(told.lane(trace->tasks()[0]), lane);
        QVERIFY(!QAccessible::accessibleInterface(first)); // of the spans some are kept
        QCOMPARE(lane->child(0)->parent(), lane);
    }

    void anotherTraceEndsTheChildren()
    {
        Told told(test::articleTrace());
        const QAccessible::Id id = QAccessible::uniqueId(told.lane(told.trace->tasks().front()));
        told.view.setTrace(test::liveTrace());
        QAccessibleInterface *const old = QAccessible::accessibleInterface(id);
        QVERIFY(!old || !old->isValid());
        QVERIFY(told.lane(0)->isValid());
        QVERIFY(!QAccessible::accessibleInterface(id));
    }

    void slicesOfOthersAreToldInTheirThreads()
    {
        Told told(test::importedTrace());
        QAccessibleInterface *const root = told.root();
        const auto &rows = told.trace->rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QAccessibleInterface *const lane = told.lane(rows[i]);
            QVERIFY(lane && lane->isValid());
            QCOMPARE(root->child(root->indexOfChild(lane)), lane);
            QCOMPARE(lane->childCount(), static_cast<int>(told.trace->spanCount(rows[i])));
        }
        QVERIFY(root->child(0)->text(QAccessible::Name).startsWith(QStringLiteral("browser (7), 2 lanes")));
        QCOMPARE(told.lane(rows[0])->text(QAccessible::Description), QStringLiteral("lane 1 of 2"));
        QVERIFY(told.lane(rows[0])->text(QAccessible::Name).startsWith(QStringLiteral("main of browser (7): ")));
        QCOMPARE(told.lane(rows[1])->text(QAccessible::Name), QStringLiteral("main of browser (7), nested 1 deep"));
        QCOMPARE(told.lane(rows[1])->text(QAccessible::Description), QString());
        QCOMPARE(told.lane(rows[1])->child(0)->text(QAccessible::Name).replace(QChar(0x202F), QLatin1Char(' ')),
                 QStringLiteral("parse, 20.0 ms, in main of browser (7)"));
    }
};

QTEST_MAIN(AccessibleTimelineTest)
#include "accessible_timeline_test.moc"
