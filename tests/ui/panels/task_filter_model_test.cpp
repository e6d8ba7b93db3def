#include "ui/panels/task_filter_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

#include <ctime>

using namespace loopscope;

namespace {

/// Tasks "task 1", "task 2", …, each Ready from its place in milliseconds on.
std::shared_ptr<Trace> traceOf(int tasks)
{
    auto trace = std::make_shared<Trace>();
    for (int i = 1; i <= tasks; ++i) {
        const LaneId task = trace->addLane(LaneKind::Task, "task " + std::to_string(i), i * nanosecondsPerMillisecond);
        trace->enter(task, i * nanosecondsPerMillisecond, State::Ready, 0, noLane);
    }
    return trace;
}

void fail(Trace &trace, LaneId task)
{
    trace.end(task, trace.now());
    trace.changeTask(task, [](TaskFacts &facts) { facts.outcome = Outcome::Failed; });
}

QStringList names(const TaskFilterModel &rows)
{
    QStringList names;
    for (int row = 0; row < rows.rowCount(); ++row)
        names += rows.index(row, TaskTableModel::Name).data().toString();
    return names;
}

} // namespace

class TaskFilterModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sortsNamesAsPeopleDo()
    {
        const auto trace = traceOf(10);
        TaskTableModel tasks;
        TaskFilterModel rows(tasks);
        const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tasks.setTrace(trace);
        rows.sort(TaskTableModel::Name, Qt::AscendingOrder);
        QCOMPARE(names(rows).first(), QStringLiteral("task 1"));
        QCOMPARE(names(rows)[1], QStringLiteral("task 2"));
        QCOMPARE(names(rows).last(), QStringLiteral("task 10"));
        rows.sort(TaskTableModel::Name, Qt::DescendingOrder);
        QCOMPARE(names(rows).first(), QStringLiteral("task 10"));
        rows.sort(-1);
        QCOMPARE(names(rows).first(), QStringLiteral("task 1"));
    }

    void orderStaysWhileTimesChange()
    {
        const auto trace = traceOf(3);
        trace->advanceTo(10 * nanosecondsPerMillisecond);
        TaskTableModel tasks;
        TaskFilterModel rows(tasks);
        const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tasks.setTrace(trace);
        rows.sort(TaskTableModel::Running, Qt::DescendingOrder);
        rows.sort(TaskTableModel::Ready, Qt::DescendingOrder);
        QCOMPARE(names(rows), (QStringList{QStringLiteral("task 1"), QStringLiteral("task 2"), QStringLiteral("task 3")}));

        const QSignalSpy layouts(&rows, &QAbstractItemModel::layoutChanged);
        trace->enter(trace->tasks()[0], 10 * nanosecondsPerMillisecond, State::Running, 0, noLane);
        trace->enter(trace->tasks()[1], 10 * nanosecondsPerMillisecond, State::Running, 0, noLane);
        trace->advanceTo(100 * nanosecondsPerMillisecond);
        tasks.refreshLive(0, 2);
        QCOMPARE(layouts.count(), 0);
        QCOMPARE(names(rows).first(), QStringLiteral("task 1"));

        rows.resort();
        QCOMPARE(names(rows), (QStringList{QStringLiteral("task 3"), QStringLiteral("task 1"), QStringLiteral("task 2")}));
    }

    void newTasksComeLast_data()
    {
        QTest::addColumn<Qt::SortOrder>("order");
        QTest::newRow("ascending") << Qt::AscendingOrder;
        QTest::newRow("descending") << Qt::DescendingOrder;
    }

    void newTasksComeLast()
    {
        QFETCH(Qt::SortOrder, order);
        const auto trace = traceOf(3);
        TaskTableModel tasks;
        TaskFilterModel rows(tasks);
        const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tasks.setTrace(trace);
        rows.sort(TaskTableModel::Name, order);
        trace->addLane(LaneKind::Task, "task 0", trace->now());
        trace->addLane(LaneKind::Task, "task 9", trace->now());
        tasks.refresh();
        QCOMPARE(names(rows).mid(3), (QStringList{QStringLiteral("task 0"), QStringLiteral("task 9")}));
    }

    void aTaskAppearsOnceItMatches()
    {
        const auto trace = traceOf(5);
        TaskTableModel tasks;
        TaskFilterModel rows(tasks);
        const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tasks.setTrace(trace);
        rows.setTerms({.text = QStringLiteral("failed"), .trait = {}, .kind = {}, .parent = {}});
        QCOMPARE(rows.rowCount(), 0);
        fail(*trace, trace->tasks()[3]);
        fail(*trace, trace->tasks()[1]);
        tasks.refresh();
        QCOMPARE(names(rows), (QStringList{QStringLiteral("task 2"), QStringLiteral("task 4")}));
        rows.setTerms({});
        QCOMPARE(rows.rowCount(), 5);
    }

    void aTaskThatHasBlockedAppearsWhenAsked()
    {
        const auto trace = traceOf(3);
        TaskTableModel tasks;
        TaskFilterModel rows(tasks);
        const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tasks.setTrace(trace);
        rows.setTerms({.text = {}, .trait = TaskTrait::Blocked, .kind = {}, .parent = {}});
        QCOMPARE(rows.rowCount(), 0);
        trace->enter(trace->tasks()[1], 10 * nanosecondsPerMillisecond, State::Blocking, 0, noLane);
        trace->advanceTo(20 * nanosecondsPerMillisecond);
        rows.refilter();
        QCOMPARE(names(rows), QStringList{QStringLiteral("task 2")});
    }

    void anotherTraceKeepsTheOrder()
    {
        TaskTableModel tasks;
        TaskFilterModel rows(tasks);
        const QAbstractItemModelTester tester(&rows, QAbstractItemModelTester::FailureReportingMode::QtTest);
        tasks.setTrace(traceOf(3));
        rows.sort(TaskTableModel::Name, Qt::DescendingOrder);
        tasks.setTrace(traceOf(5));
        QCOMPARE(names(rows).first(), QStringLiteral("task 5"));
        tasks.setTrace(nullptr);
        QCOMPARE(rows.rowCount(), 0);
    }

    void aHundredThousandTasksStayQuick()
    {
        const auto trace = traceOf(100'000);
        TaskTableModel tasks;
        TaskFilterModel rows(tasks);
        tasks.setTrace(trace);
        rows.sort(TaskTableModel::Ready, Qt::DescendingOrder);
        QCOMPARE(rows.rowCount(), 100'000);

        const std::clock_t begin = std::clock(); // CPU time, so that a busy machine does not fail it
        for (int frame = 0; frame < 50; ++frame) {
            trace->advanceTo(trace->now() + nanosecondsPerMillisecond);
            tasks.refresh();
            tasks.refreshLive(1000, 1030);
        }
        // Fifty frames at 60 Hz are 833 ms; this takes a few milliseconds, and the rest is for slow machines.
        const double milliseconds = 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
        QVERIFY2(milliseconds < 400, qPrintable(QString::number(milliseconds)));
    }
};

QTEST_GUILESS_MAIN(TaskFilterModelTest)
#include "task_filter_model_test.moc"
