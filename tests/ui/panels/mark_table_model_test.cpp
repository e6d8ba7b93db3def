#include "ui/panels/mark_table_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

class MarkTableModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsMarksAsTheyChange()
    {
        TraceMarks marks;
        MarkTableModel model(marks);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const MarkId late = marks.add(3 * nanosecondsPerSecond);
        const MarkId early = marks.add(nanosecondsPerSecond);
        marks.add(2 * nanosecondsPerSecond);
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowOf(early), std::optional(0));
        QCOMPARE(model.rowOf(late), std::optional(2));
        QCOMPARE(model.index(2, MarkTableModel::Name).data().toString(), QStringLiteral("Mark 1"));
        QVERIFY(model.index(2, MarkTableModel::Instant).data().toString().startsWith(QStringLiteral("3.000")));
        marks.remove(early);
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.rowOf(early), std::nullopt);
        QCOMPARE(resets.count(), 0); // a reset would lose what is selected
        marks.show(std::make_shared<Marks>());
        QCOMPARE(model.rowCount(), 0);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        marks.show(std::make_shared<Marks>()); // none as before
        QCOMPARE(changes.count(), 0);
    }

    void namesCanBeEdited()
    {
        TraceMarks marks;
        MarkTableModel model(marks);
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        marks.add(1);
        const QModelIndex name = model.index(0, MarkTableModel::Name);
        QVERIFY(name.flags().testFlag(Qt::ItemIsEditable));
        QVERIFY(!name.siblingAtColumn(MarkTableModel::Instant).flags().testFlag(Qt::ItemIsEditable));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        QVERIFY(model.setData(name, QStringLiteral("the stall"), Qt::EditRole));
        QCOMPARE(changes.count(), 1);
        QCOMPARE(name.data().toString(), QStringLiteral("the stall"));
        QVERIFY(!model.setData(name, QStringLiteral("  "), Qt::EditRole));
        QCOMPARE(marks.all().front().name, std::string("the stall"));
    }
};

QTEST_GUILESS_MAIN(MarkTableModelTest)
#include "mark_table_model_test.moc"
