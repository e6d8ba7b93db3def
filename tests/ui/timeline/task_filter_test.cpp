#include "tests/support/sample_trace.h"
#include "ui/timeline/task_filter.h"

#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

QStringList matching(const Trace &trace, const TaskFilterTerms &terms)
{
    QStringList names;
    for (const LaneId task : trace.tasks()) {
        if (matches(trace, task, terms))
            names += QString::fromUtf8(trace.nameOf(task).data(), static_cast<qsizetype>(trace.nameOf(task).size()));
    }
    return names;
}

TaskFilterTerms text(const QString &text)
{
    TaskFilterTerms terms;
    terms.text = text;
    return terms;
}

} // namespace

class TaskFilterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsMatchByNameOutcomeAndResult()
    {
        const auto trace = test::articleTrace();
        QCOMPARE(matching(*trace, {}).size(), 8);
        QCOMPARE(matching(*trace, text(QStringLiteral("SYNC_"))).size(), 2);
        QCOMPARE(matching(*trace, text(QStringLiteral("denied"))), QStringList{QStringLiteral("secret.txt")});
        QCOMPARE(matching(*trace, text(QStringLiteral("118 rows"))), QStringList{QStringLiteral("fetch users")});
        QCOMPARE(matching(*trace, text(QStringLiteral("cancelled"))), QStringList{QStringLiteral("late one")});
    }

    void aTextMatchesMoreOnceATaskHasEnded()
    {
        Trace trace;
        const LaneId task = test::addTask(trace, "Photo.raw", "ready 0");
        QVERIFY(!matches(trace, task, text(QStringLiteral("ready")))); // a state passes, and the lane would vanish with it
        QVERIFY(!matches(trace, task, text(QStringLiteral("failed"))));
        trace.end(task, 5);
        trace.changeTask(task, [](TaskFacts &facts) { facts.outcome = Outcome::Failed; });
        QVERIFY(matches(trace, task, text(QStringLiteral("FAILED"))));
        QVERIFY(matches(trace, task, text(QStringLiteral("photo"))));
    }

    void traitsAndTextsMustBothBeMet()
    {
        const auto trace = test::articleTrace();
        TaskFilterTerms terms;
        terms.trait = TaskTrait::Failed;
        QCOMPARE(matching(*trace, terms), QStringList{QStringLiteral("secret.txt")});
        terms.text = QStringLiteral("users");
        QCOMPARE(matching(*trace, terms), QStringList());
        terms.text.clear();
        terms.trait = TaskTrait::Blocked;
        QCOMPARE(matching(*trace, terms), QStringList{QStringLiteral("parse config")});
        terms.trait = TaskTrait::Unfinished;
        QCOMPARE(matching(*trace, terms), QStringList());
        terms.trait = TaskTrait::Cancelled;
        QCOMPARE(matching(*trace, terms), QStringList{QStringLiteral("late one")});
    }

    void kindsAndParentsAreOfTheirTrace()
    {
        Trace trace;
        const LaneId parent = test::addTask(trace, "parent", "ready 0");
        const LaneId child = test::addTask(trace, "child", "ready 0");
        const NameId kind = trace.internName("timer");
        trace.changeTask(child, [&](TaskFacts &facts) {
            facts.parent = parent;
            facts.kind = kind;
        });
        TaskFilter filter;
        const QSignalSpy changes(&filter, &TaskFilter::changed);
        filter.setKind(kind);
        QCOMPARE(matching(trace, filter.terms()), QStringList{QStringLiteral("child")});
        filter.setParentTask(parent);
        QCOMPARE(matching(trace, filter.terms()), QStringList{QStringLiteral("child")});
        filter.setParentTask(child);
        QCOMPARE(matching(trace, filter.terms()), QStringList());
        filter.setText(QStringLiteral("c"));
        filter.forgetNumbers();
        QCOMPARE(filter.terms(), text(QStringLiteral("c")));
        filter.setText(QStringLiteral("c"));
        QCOMPARE(changes.count(), 5);
    }
};

QTEST_GUILESS_MAIN(TaskFilterTest)
#include "task_filter_test.moc"
