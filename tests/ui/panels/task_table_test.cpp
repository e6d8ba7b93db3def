#include "ui/panels/task_table.h"

#include "ui/panels/task_filter_model.h"
#include "ui/panels/task_table_view.h"
#include "ui/timeline/hover.h"
#include "ui/timeline/selection.h"
#include "ui/timeline/task_filter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

LaneId addTask(Trace &trace, std::string_view name)
{
    const LaneId task = trace.addLane(LaneKind::Task, std::string(name), trace.now());
    trace.enter(task, trace.now(), State::Ready, 0, noLane);
    return task;
}

std::shared_ptr<Trace> traceOf(int tasks)
{
    auto trace = std::make_shared<Trace>();
    for (int i = 1; i <= tasks; ++i)
        addTask(*trace, "task " + std::to_string(i));
    return trace;
}

/// A table in its window, with what a test needs of its inside.
struct Shown {
    Selection selection;
    TaskFilter wanted;
    Hover hover;
    TaskTable table{selection, wanted, hover};
    TaskTableView &view = *table.findChild<TaskTableView *>();
    QLineEdit &filter = *table.findChild<QLineEdit *>();

    explicit Shown(const std::shared_ptr<const Trace> &trace)
    {
        table.resize(900, 300);
        table.setTrace(trace);
        table.show();
        QVERIFY(QTest::qWaitForWindowExposed(&table));
    }

    [[nodiscard]] QString currentName() const { return view.currentIndex().siblingAtColumn(TaskTableModel::Name).data().toString(); }
    [[nodiscard]] QString count() const { return table.findChild<QLabel *>()->text(); }
};

} // namespace

class TaskTableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsTheSelection()
    {
        const auto trace = traceOf(200);
        Shown shown(trace);
        const QSignalSpy changes(&shown.selection, &Selection::changed);
        shown.selection.select(trace->tasks()[150], 0);
        QCOMPARE(shown.currentName(), QStringLiteral("task 151"));
        QVERIFY(shown.view.viewport()->rect().intersects(shown.view.visualRect(shown.view.currentIndex())));
        QCOMPARE(changes.count(), 1); // the table has not answered
        QCOMPARE(shown.selection.span(), std::optional<std::size_t>(0));

        shown.selection.select(loopLaneId);
        QVERIFY(shown.view.selectionModel()->selectedRows().isEmpty());
        QCOMPARE(shown.selection.lane(), loopLaneId);
    }

    void aRowSelectsItsTask()
    {
        const auto trace = traceOf(5);
        Shown shown(trace);
        const QSignalSpy changes(&shown.selection, &Selection::changed);
        QTest::mouseClick(shown.view.viewport(), Qt::LeftButton, {}, shown.view.visualRect(shown.view.model()->index(2, 1)).center());
        QCOMPARE(shown.selection.lane(), trace->tasks()[2]);
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QCOMPARE(shown.selection.lane(), trace->tasks()[3]);
        QCOMPARE(changes.count(), 2);
    }

    void columnsLeaveRoomForTheVerticalBar()
    {
        const auto trace = traceOf(1);
        Shown shown(trace);
        const QHeaderView &header = *shown.view.horizontalHeader();
        const int others = header.length() - shown.view.columnWidth(TaskTableModel::Result);
        shown.table.resize(others + header.minimumSectionSize() + 2, 300); // where they just fit
        QTRY_COMPARE(shown.view.viewport()->width(), shown.table.width());
        QTRY_COMPARE(shown.view.horizontalScrollBar()->maximum(), 0);
        for (int i = 0; i < 100; ++i)
            addTask(*trace, "another");
        shown.table.refresh();
        QTRY_VERIFY(shown.view.verticalScrollBar()->isVisible());
        QTRY_COMPARE(shown.view.horizontalScrollBar()->maximum(), 0);
        QVERIFY(!shown.view.horizontalScrollBar()->isVisible());
    }

    void aColumnGrowsAtNoOthersExpense()
    {
        const auto trace = traceOf(100);
        Shown shown(trace);
        const QHeaderView &header = *shown.view.horizontalHeader();
        const int others = header.length() - shown.view.columnWidth(TaskTableModel::Result);
        const int bar = shown.view.verticalScrollBar()->width();
        shown.table.resize(others + header.minimumSectionSize() + bar, 300); // where they just fit
        QTRY_COMPARE(shown.view.viewport()->width(), shown.table.width() - bar);
        QTRY_COMPARE(shown.view.horizontalScrollBar()->maximum(), 0);
        const int name = shown.view.columnWidth(TaskTableModel::Name);
        for (int i = 0; i < 20; ++i) {
            shown.view.setColumnWidth(TaskTableModel::State, shown.view.columnWidth(TaskTableModel::State) + 1);
            QCoreApplication::processEvents();
        }
        QCOMPARE(shown.view.columnWidth(TaskTableModel::Name), name);
        QVERIFY(shown.view.horizontalScrollBar()->isVisible());
    }

    void tabbingIntoItSelectsNothing()
    {
        const auto trace = traceOf(5);
        Shown shown(trace);
        shown.view.setFocus(Qt::TabFocusReason);
        QVERIFY(shown.view.hasFocus());
        QCOMPARE(shown.selection.lane(), noLane);
        QTest::keyClick(&shown.view, Qt::Key_Down);
        QCOMPARE(shown.selection.lane(), trace->tasks()[0]);
    }

    void filteringNeverChangesTheSelection()
    {
        const auto trace = traceOf(30);
        Shown shown(trace);
        shown.selection.select(trace->tasks()[4]);
        QTest::keyClicks(&shown.filter, QStringLiteral("task 2"));
        QCOMPARE(shown.view.model()->rowCount(), 11); // 2 and 20 to 29
        QCOMPARE(shown.count(), QStringLiteral("11 of 30"));
        QCOMPARE(shown.selection.lane(), trace->tasks()[4]);
        QVERIFY(shown.view.selectionModel()->selectedRows().isEmpty());

        QTest::keyClick(&shown.filter, Qt::Key_Escape);
        QCOMPARE(shown.view.model()->rowCount(), 30);
        QCOMPARE(shown.currentName(), QStringLiteral("task 5"));
        QCOMPARE(shown.count(), QStringLiteral("30 tasks"));
    }

    void theFilterIsTheWindows()
    {
        const auto trace = traceOf(30);
        Shown shown(trace);
        QTest::keyClicks(&shown.filter, QStringLiteral(" task 2"));
        QCOMPARE(shown.wanted.terms().text, QStringLiteral("task 2"));
        trace->end(trace->tasks()[1], trace->now());
        trace->changeTask(trace->tasks()[1], [](TaskFacts &facts) { facts.outcome = Outcome::Failed; });
        shown.wanted.setTrait(TaskTrait::Failed);
        QCOMPARE(shown.view.model()->rowCount(), 1);
        shown.wanted.clear();
        QCOMPARE(shown.filter.text(), QString());
        QCOMPARE(shown.view.model()->rowCount(), 30);
    }

    void theRowUnderTheMouseIsHighlightedElsewhereAndBack()
    {
        const auto trace = traceOf(5);
        Shown shown(trace);
        QTest::mouseMove(shown.view.viewport(), shown.view.visualRect(shown.view.model()->index(2, 1)).center());
        QTRY_COMPARE(shown.hover.lane(), trace->tasks()[2]);
        QCOMPARE(shown.view.highlightedRow(), 2);
        shown.hover.setLane(trace->tasks()[4]);
        QCOMPARE(shown.view.highlightedRow(), 4);
        shown.hover.setLane(loopLaneId);
        QCOMPARE(shown.view.highlightedRow(), -1);
    }

    void sortingKeepsTheSelection()
    {
        const auto trace = traceOf(30);
        Shown shown(trace);
        shown.selection.select(trace->tasks()[4]);
        const QSignalSpy changes(&shown.selection, &Selection::changed);
        shown.view.horizontalHeader()->setSortIndicator(TaskTableModel::Name, Qt::DescendingOrder);
        QCOMPARE(shown.view.model()->index(0, 0).data().toString(), QStringLiteral("task 30"));
        QCOMPARE(shown.currentName(), QStringLiteral("task 5"));
        QCOMPARE(changes.count(), 0);
    }

    void growsWithoutMovingWhatIsSeen()
    {
        const auto trace = traceOf(100);
        Shown shown(trace);
        shown.selection.select(trace->tasks()[60]);
        const int top = shown.view.rowAt(0);
        for (int i = 0; i < 100; ++i)
            addTask(*trace, "later");
        shown.table.refresh();
        QTRY_COMPARE(shown.view.model()->rowCount(), 200);
        QCOMPARE(shown.view.rowAt(0), top);
        QCOMPARE(shown.currentName(), QStringLiteral("task 61"));
    }

    void anEndedRunIsShownAtOnce()
    {
        const auto trace = traceOf(2);
        Shown shown(trace);
        shown.view.horizontalHeader()->setSortIndicator(TaskTableModel::Ready, Qt::DescendingOrder);
        trace->enter(trace->tasks()[0], 10, State::Awaiting, 0, noLane);
        trace->advanceTo(1000);
        trace->changeInfo([](RunInfo &info) { info.finished = true; });
        shown.table.refresh();
        QCOMPARE(shown.view.model()->index(0, 0).data().toString(), QStringLiteral("task 2"));
    }

    void aSelectedRangeScopesTheTimes()
    {
        const auto trace = traceOf(3);
        trace->enter(trace->tasks()[0], 10, State::Awaiting, 0, noLane);
        trace->enter(trace->tasks()[1], 600, State::Awaiting, 0, noLane);
        trace->advanceTo(1000);
        Shown shown(trace);
        const auto first = [&shown] { return shown.view.model()->index(0, 0).data().toString(); };
        shown.view.horizontalHeader()->setSortIndicator(TaskTableModel::Awaiting, Qt::DescendingOrder);
        QCOMPARE(first(), QStringLiteral("task 1"));
        shown.selection.select(trace->tasks()[2]);
        auto *chip = shown.table.findChild<QPushButton *>();
        QVERIFY(!chip->isVisible());

        trace->enter(trace->tasks()[0], 1000, State::Running, 0, noLane);
        trace->advanceTo(2000);
        shown.selection.selectRange(TimeRange{1500, 1600});
        QTRY_VERIFY(chip->isVisible());
        QCOMPARE(first(), QStringLiteral("task 2"));
        QCOMPARE(chip->text(), QStringLiteral("times within 100\u202Fns  ×"));
        QCOMPARE(shown.currentName(), QStringLiteral("task 3"));
        QTest::mouseClick(chip, Qt::LeftButton);
        QCOMPARE(shown.selection.range(), std::nullopt);
        QTRY_VERIFY(!chip->isVisible());
        QCOMPARE(shown.view.model()->index(0, TaskTableModel::Awaiting).data().toString(), QStringLiteral("1.40\u202Fµs"));
    }

    void anotherRunHasNoRangeOfTheOneBefore()
    {
        Shown shown(traceOf(3));
        auto *chip = shown.table.findChild<QPushButton *>();
        shown.selection.selectRange(TimeRange{0, 10});
        QTRY_VERIFY(chip->isVisible());
        shown.selection.clear();
        shown.table.setTrace(traceOf(2));
        QVERIFY(!chip->isVisible());
    }

    void theKeyboardGoesFromFilterToRows()
    {
        Shown shown(traceOf(3));
        shown.table.focusFilter();
        QVERIFY(shown.filter.hasFocus());
        QTest::keyClick(&shown.filter, Qt::Key_Down);
        QVERIFY(shown.view.hasFocus());
    }

    void copiesTheSelectedRowsAsTabSeparatedText()
    {
        const auto trace = traceOf(3);
        Shown shown(trace);
        shown.view.setFocus();
        shown.selection.select(trace->tasks()[0]);
        QTest::keyClick(&shown.view, Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(&shown.view, Qt::Key_C, Qt::ControlModifier);
        const QStringList lines = QGuiApplication::clipboard()->text().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 2);
        QCOMPARE(lines[1].split(QLatin1Char('\t')).first(), QStringLiteral("task 2"));
        QCOMPARE(lines[1].count(QLatin1Char('\t')), TaskTableModel::ColumnCount - 4); // three columns are for traces of others
    }

    void columnsAreRemembered()
    {
        Shown one(traceOf(3));
        one.view.setColumnWidth(TaskTableModel::Name, 321);
        one.view.horizontalHeader()->moveSection(TaskTableModel::Result, 1);
        one.table.restoreState(one.table.saveState()); // the last column has what is left then
        const QByteArray state = one.table.saveState();

        Shown two(traceOf(3));
        two.table.restoreState(state);
        QCOMPARE(two.view.columnWidth(TaskTableModel::Name), 321);
        QCOMPARE(two.view.horizontalHeader()->visualIndex(TaskTableModel::Result), 1);
        QCOMPARE(two.table.saveState(), state);
    }

    void theLastColumnTakesWhatIsLeft()
    {
        Shown wide(traceOf(3));
        wide.table.resize(2400, 300);
        const QByteArray state = wide.table.saveState();
        Shown shown(traceOf(3));
        shown.table.resize(1400, 300);
        shown.table.restoreState(state);
        QTRY_COMPARE(shown.view.horizontalScrollBar()->maximum(), 0);
        QFont larger = shown.table.font();
        larger.setPointSizeF(larger.pointSizeF() * 1.2);
        shown.table.setFont(larger);
        QTRY_COMPARE(shown.view.horizontalScrollBar()->maximum(), 0);
        QCOMPARE(shown.view.horizontalHeader()->length(), shown.view.viewport()->width());
    }

    void foreignColumnStatesChangeNothing_data()
    {
        QTest::addColumn<QByteArray>("state");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("width=20");
        QTest::newRow("zeros") << QByteArray(96, '\0');
    }

    void foreignColumnStatesChangeNothing()
    {
        QFETCH(QByteArray, state);
        Shown shown(traceOf(3));
        const QByteArray before = shown.table.saveState();
        shown.table.restoreState(state);
        QCOMPARE(shown.table.saveState(), before);
        shown.table.restoreState(before.left(40));
        QCOMPARE(shown.table.saveState(), before);
    }
};

QTEST_MAIN(TaskTableTest)
#include "task_table_test.moc"
