#include "ui/panels/task_table_model.h"

#include "tests/support/imported_sample.h"

#include <QAbstractItemModelTester>
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

void end(Trace &trace, LaneId task, Outcome outcome, const std::string &error = {})
{
    trace.end(task, trace.now());
    trace.changeTask(task, [&](TaskFacts &facts) {
        facts.outcome = outcome;
        facts.error = trace.internName(error);
    });
}

QString text(const TaskTableModel &model, int row, int column)
{
    return model.index(row, column).data().toString().replace(QChar(0x202F), QLatin1Char(' '));
}

} // namespace

class TaskTableModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void growsByInsertionAndNeverResets()
    {
        const auto trace = std::make_shared<Trace>();
        TaskTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTrace(trace);
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy insertions(&model, &QAbstractItemModel::rowsInserted);

        addTask(*trace, "a");
        addTask(*trace, "b");
        QCOMPARE(model.rowCount(), 0); // nobody has been told yet
        model.refresh();
        QCOMPARE(model.rowCount(), 2);
        addTask(*trace, "c");
        model.refresh();
        model.refresh();
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(insertions.count(), 2);
        QCOMPARE(resets.count(), 0);
    }

    void tellsOnlyTheRowsThatEnded()
    {
        const auto trace = std::make_shared<Trace>();
        std::vector<LaneId> tasks;
        for (const char *name : {"a", "b", "c", "d", "e"})
            tasks.push_back(addTask(*trace, name));
        TaskTableModel model;
        model.setTrace(trace);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);

        trace->advanceTo(1000);
        model.refresh();
        QCOMPARE(changes.count(), 0);

        for (const std::size_t i : {4U, 1U, 0U})
            end(*trace, tasks[i], Outcome::Done);
        model.refresh();
        QCOMPARE(changes.count(), 2); // rows 0 and 1 in one, row 4
        QCOMPARE(changes[0][0].toModelIndex().row(), 0);
        QCOMPARE(changes[0][1].toModelIndex().row(), 1);
        QCOMPARE(changes[1][0].toModelIndex().row(), 4);
        QCOMPARE(changes[1][1].toModelIndex().row(), 4);

        model.refresh();
        QCOMPARE(changes.count(), 2);
    }

    void liveRowsAreToldWhereTheyAreSeen()
    {
        const auto trace = std::make_shared<Trace>();
        const LaneId first = addTask(*trace, "first");
        addTask(*trace, "second");
        end(*trace, first, Outcome::Done);
        TaskTableModel model;
        model.setTrace(trace);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.refreshLive(-3, 10);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes[0][0].toModelIndex().row(), 1);
    }

    void cellsSayWhatTheTaskDid()
    {
        const auto trace = std::make_shared<Trace>();
        const LaneId task = addTask(*trace, "photo.raw");
        trace->enter(task, 10 * nanosecondsPerMillisecond, State::Running, 0, noLane);
        trace->enter(task, 30 * nanosecondsPerMillisecond, State::Queued, 0, noLane);
        trace->changeTask(task, [](TaskFacts &facts) {
            facts.file = std::make_unique<FileFacts>();
            facts.file->bytes = 4'000'000;
        });
        trace->advanceTo(1000 * nanosecondsPerMillisecond);
        TaskTableModel model;
        model.setTrace(trace);

        QCOMPARE(text(model, 0, TaskTableModel::Name), QStringLiteral("photo.raw"));
        QCOMPARE(text(model, 0, TaskTableModel::State), QStringLiteral("queued"));
        QCOMPARE(text(model, 0, TaskTableModel::Running), QStringLiteral("20.0 ms"));
        QCOMPARE(text(model, 0, TaskTableModel::Ready), QStringLiteral("10.0 ms"));
        QCOMPARE(text(model, 0, TaskTableModel::Queued), QStringLiteral("970 ms"));
        QCOMPARE(text(model, 0, TaskTableModel::Blocking), QStringLiteral("–"));
        QCOMPARE(text(model, 0, TaskTableModel::Bytes), QStringLiteral("4.00 MB"));
        QCOMPARE(text(model, 0, TaskTableModel::Throughput), QStringLiteral("4.00 MB/s"));
        QCOMPARE(text(model, 0, TaskTableModel::Result), QString());
        QCOMPARE(model.index(0, TaskTableModel::Queued).data(TaskTableModel::SortRole).toLongLong(), 970 * nanosecondsPerMillisecond);
        QVERIFY(model.index(0, TaskTableModel::Bytes).data(Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignRight);

        trace->changeTask(task, [&trace](TaskFacts &facts) {
            facts.file->lines = 512'301;
            facts.outcome = Outcome::Done;
            facts.note = trace->internName("changed while read");
        });
        trace->end(task, trace->now());
        model.refresh();
        QCOMPARE(text(model, 0, TaskTableModel::State), QStringLiteral("done"));
        QCOMPARE(text(model, 0, TaskTableModel::Result), QStringLiteral("512 301 lines · changed while read"));
    }

    void timesAreThoseWithinARange()
    {
        constexpr Nanoseconds ms = nanosecondsPerMillisecond;
        const auto trace = std::make_shared<Trace>();
        const LaneId task = addTask(*trace, "photo.raw");
        addTask(*trace, "idle");
        trace->enter(task, 10 * ms, State::Running, 0, noLane);
        trace->enter(task, 30 * ms, State::Awaiting, 0, noLane);
        trace->advanceTo(100 * ms);
        TaskTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setTrace(trace);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        model.setRange(TimeRange{25 * ms, 40 * ms});
        model.setRange(TimeRange{25 * ms, 40 * ms});
        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes[0][0].toModelIndex(), model.index(0, TaskTableModel::Busy));
        QCOMPARE(changes[0][1].toModelIndex(), model.index(1, TaskTableModel::Blocking));
        QCOMPARE(text(model, 0, TaskTableModel::Ready), QStringLiteral("–"));
        QCOMPARE(text(model, 0, TaskTableModel::Running), QStringLiteral("5.00 ms"));
        QCOMPARE(text(model, 0, TaskTableModel::Awaiting), QStringLiteral("10.0 ms"));
        QCOMPARE(model.index(1, TaskTableModel::Ready).data(TaskTableModel::SortRole).toLongLong(), 15 * ms);
        QVERIFY(model.headerData(TaskTableModel::Ready, Qt::Horizontal, Qt::ToolTipRole).toString().contains(QStringLiteral("range")));
        QVERIFY(!model.headerData(TaskTableModel::Bytes, Qt::Horizontal, Qt::ToolTipRole).toString().contains(QStringLiteral("range")));
        trace->advanceTo(200 * ms); // what is beyond the range is not in it
        QCOMPARE(text(model, 0, TaskTableModel::Awaiting), QStringLiteral("10.0 ms"));
        model.setRange(std::nullopt);
        QCOMPARE(text(model, 0, TaskTableModel::Awaiting), QStringLiteral("170 ms"));
        model.setTrace(nullptr);
        model.setRange(TimeRange{0, 1});
    }

    void busyTimesAreThoseWithinARange()
    {
        constexpr Nanoseconds ms = nanosecondsPerMillisecond;
        auto trace = std::make_shared<Trace>(TraceOrigin::Import);
        test::addThread(*trace, "main", noLane, "navigate 0 40, parse 5 25");
        test::finishImported(*trace, "a trace of others");
        TaskTableModel model;
        model.setTrace(trace);
        QCOMPARE(text(model, 0, TaskTableModel::Busy), QStringLiteral("40.0 ms"));
        model.setRange(TimeRange{30 * ms, 50 * ms});
        QCOMPARE(text(model, 0, TaskTableModel::Busy), QStringLiteral("10.0 ms"));
        QCOMPARE(model.index(0, TaskTableModel::Busy).data(TaskTableModel::SortRole).toLongLong(), 10 * ms);
    }

    void tasksWithoutAFileShowNoBytes()
    {
        const auto trace = std::make_shared<Trace>();
        addTask(*trace, "sleeper");
        TaskTableModel model;
        model.setTrace(trace);
        QCOMPARE(text(model, 0, TaskTableModel::Bytes), QString());
        QCOMPARE(text(model, 0, TaskTableModel::Throughput), QString());
    }

    void aFailureIsToldWithItsReason()
    {
        const auto trace = std::make_shared<Trace>();
        const LaneId task = addTask(*trace, "secret.txt");
        end(*trace, task, Outcome::Failed, "permission denied");
        TaskTableModel model;
        model.setTrace(trace);
        QCOMPARE(text(model, 0, TaskTableModel::State), QStringLiteral("failed"));
        QCOMPARE(text(model, 0, TaskTableModel::Result), QStringLiteral("permission denied"));
        QVERIFY(model.index(0, 0).data(TaskTableModel::FailedRole).toBool());
    }

    void foreignTextIsEscaped()
    {
        const auto trace = std::make_shared<Trace>();
        addTask(*trace, "two\nlines \xE2\x80\xAEtxt.exe");
        TaskTableModel model;
        model.setTrace(trace);
        QCOMPARE(text(model, 0, TaskTableModel::Name), QStringLiteral("two\\nlines \\u{202E}txt.exe"));
        addTask(*trace, "<b>bold</b>");
        model.refresh();
        QVERIFY(model.index(1, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
    }

    void rowsAreFoundByTheirTask()
    {
        const auto trace = std::make_shared<Trace>();
        trace->addLane(LaneKind::Worker, "worker 1", 0);
        const LaneId first = addTask(*trace, "first");
        trace->addLane(LaneKind::Worker, "worker 2", 0);
        const LaneId second = addTask(*trace, "second");
        TaskTableModel model;
        QCOMPARE(model.rowOf(first), std::nullopt);
        model.setTrace(trace);
        QCOMPARE(model.rowOf(first), std::optional(0));
        QCOMPARE(model.rowOf(second), std::optional(1));
        QCOMPARE(model.rowOf(loopLaneId), std::nullopt);
        QCOMPARE(model.rowOf(noLane), std::nullopt);
    }
};

QTEST_GUILESS_MAIN(TaskTableModelTest)
#include "task_table_model_test.moc"
