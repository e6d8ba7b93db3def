#include "tests/support/imported_sample.h"
#include "tests/support/sample_trace.h"
#include "ui/timeline/timeline_view.h"

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
    [[nodiscard]] QAccessibleInterface *lane(LaneId id) { return root()->child(static_cast<int>(id)); }

    std::shared_ptr<Trace> trace;
    Selection selection;
    Viewport viewport;
    TimelineView view;
};

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
        QVERIFY(root->childCount() >= static_cast<int>(told.trace->laneCount()));
        for (LaneId id = 0; id < told.trace->laneCount(); ++id) {
            QAccessibleInterface *const lane = told.lane(id);
            QVERIFY(lane && lane->isValid());
            QCOMPARE(lane->role(), QAccessible::ListItem);
            QVERIFY(!lane->text(QAccessible::Name).isEmpty());
            QCOMPARE(lane->parent(), root);
            QCOMPARE(root->indexOfChild(lane), static_cast<int>(id));
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

    void aSpanIsASentence()
    {
        const auto trace = std::make_shared<Trace>();
        trace->addLane(LaneKind::Worker, "#1", 0);
        const LaneId task = test::addTask(*trace, "Reading A.txt", "ready 0 5, running 5 9, in_worker 9 20 #1");
        trace->advanceTo(20 * ms);
        Told told(trace);
        QCOMPARE(told.lane(task)->child(2)->text(QAccessible::Name),
                 u"Reading A.txt: in worker for 11.0\u202Fms, read chunk, on worker #1"_qs);
        QVERIFY(told.lane(1)->text(QAccessible::Name).startsWith(QLatin1String("worker #1")));
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

    void whatIsFarAwayIsOffScreen()
    {
        Told told(test::largeTrace(500, 3));
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
    }

    void growsWithTheRun()
    {
        Told told(test::liveTrace());
        const LaneId task = told.trace->tasks().front();
        QAccessibleInterface *const lane = told.lane(task);
        const int before = lane->childCount();
        const auto lanes = static_cast<int>(told.trace->laneCount());
        told.trace->enter(task, told.trace->now() + ms, State::Running, 0, noLane);
        const LaneId added = told.trace->addLane(LaneKind::Task, "new", told.trace->now());
        told.view.refresh();
        QCOMPARE(lane->childCount(), before + 1);
        QVERIFY(lane->isValid());
        QCOMPARE(told.root()->indexOfChild(told.lane(added)), lanes);
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
            QAccessibleInterface *const lane = root->child(static_cast<int>(i));
            QVERIFY(lane && lane->isValid());
            QCOMPARE(root->indexOfChild(lane), static_cast<int>(i));
            QCOMPARE(lane->childCount(), static_cast<int>(told.trace->spanCount(rows[i])));
        }
        QVERIFY(root->child(0)->text(QAccessible::Name).startsWith(QStringLiteral("main of browser (7): ")));
        QCOMPARE(root->child(1)->text(QAccessible::Name), QStringLiteral("main of browser (7), nested 1 deep"));
        QCOMPARE(root->child(1)->child(0)->text(QAccessible::Name).replace(QChar(0x202F), QLatin1Char(' ')),
                 QStringLiteral("parse, 20.0 ms, in main of browser (7)"));
    }
};

QTEST_MAIN(AccessibleTimelineTest)
#include "accessible_timeline_test.moc"
