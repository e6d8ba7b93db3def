#include "ui/compare/comparison_model.h"

#include "tests/support/sample_comparison.h"
#include "ui/compare/comparison_figures.h"
#include "ui/compare/comparison_table_view.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

QString textAt(const ComparisonModel &model, int row, ComparisonColumn column)
{
    return model.index(row, static_cast<int>(column)).data().toString();
}

std::shared_ptr<const Comparison> shared(Comparison comparison)
{
    return std::make_shared<const Comparison>(std::move(comparison));
}

} // namespace

class ComparisonModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasARowACandidate()
    {
        ComparisonModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QCOMPARE(model.rowCount(), 0);
        model.show(shared(test::sampleComparison()));
        QCOMPARE(model.rowCount(), 4);
        QCOMPARE(textAt(model, 0, ComparisonColumn::Strategy), QStringLiteral("loop"));
        QCOMPARE(textAt(model, 2, ComparisonColumn::Strategy), QStringLiteral("pool, 2 workers"));
        QCOMPARE(textAt(model, 2, ComparisonColumn::Wall), QStringLiteral("10.0\u202Fms"));
        QCOMPARE(textAt(model, 2, ComparisonColumn::Ratio), QStringLiteral("0.50"));
        QCOMPARE(textAt(model, 2, ComparisonColumn::Range), QStringLiteral("8.00\u202Fms – 14.0\u202Fms"));
        QCOMPARE(textAt(model, 2, ComparisonColumn::Memory), QStringLiteral("20.0\u202FMB"));
        QCOMPARE(textAt(model, 3, ComparisonColumn::Wall), QStringLiteral("–"));
        QVERIFY(model.index(3, 0).data(Qt::ToolTipRole).toString().contains(QStringLiteral("the system refuses it")));
        model.show(nullptr);
        QCOMPARE(model.rowCount(), 0);
    }

    void barsAreSharesOfTheLongest()
    {
        ComparisonModel model;
        model.show(shared(test::sampleComparison()));
        const QModelIndex range = model.index(2, static_cast<int>(ComparisonColumn::Range));
        QCOMPARE(range.data(ComparisonModel::WallRole).value<QList<double>>(), (QList<double>{8.0 / 24, 10.0 / 24, 14.0 / 24}));
        QVERIFY(!range.siblingAtRow(3).data(ComparisonModel::WallRole).isValid());
    }

    void newFiguresKeepTheRows()
    {
        ComparisonModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        Comparison comparison = test::sampleComparison();
        model.show(shared(comparison));
        const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        const QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
        for (RunFigures &run : comparison.candidates[0].runs)
            run.wall *= 2;
        model.show(shared(comparison));
        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(textAt(model, 2, ComparisonColumn::Ratio), QStringLiteral("0.25"));
        comparison.candidates.pop_back();
        model.show(shared(comparison));
        QCOMPARE(resets.count(), 1);
    }

    void columnsGiveWayWhereThereIsNoRoom()
    {
        ComparisonModel model;
        model.show(shared(test::sampleComparison()));
        ComparisonTableView view(model);
        view.resize(1600, 200);
        view.grab();
        for (int column = 0; column < model.columnCount(); ++column)
            QVERIFY(!view.isColumnHidden(column));
        view.resize(420, 200);
        view.grab();
        QVERIFY(view.isColumnHidden(static_cast<int>(ComparisonColumn::Switches)));
        QVERIFY(!view.isColumnHidden(static_cast<int>(ComparisonColumn::Wall)));
    }
};

QTEST_MAIN(ComparisonModelTest)
#include "comparison_model_test.moc"
