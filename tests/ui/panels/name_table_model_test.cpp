#include "tests/support/imported_sample.h"
#include "ui/panels/name_table_model.h"

#include <QAbstractItemModelTester>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

QString cell(const NameTableModel &model, int row, int column)
{
    return model.index(row, column).data().toString().replace(QChar(0x202F), QLatin1Char(' '));
}

} // namespace

class NameTableModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesAreRowsWithTheMostTimeFirst()
    {
        const std::shared_ptr<const Trace> trace = test::importedTrace();
        const auto measured = std::make_shared<NameMeasurement>(*trace, TimeRange{0, 100 * ms}, LaneId(2));
        while (!measured->advance(*trace, SIZE_MAX)) { }
        NameTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.show(measured, trace);
        QCOMPARE(cell(model, 0, RangeTableModel::State), QStringLiteral("request"));
        QCOMPARE(cell(model, 0, RangeTableModel::TasksTime), QStringLiteral("53.0 ms"));
        QCOMPARE(cell(model, 0, RangeTableModel::LaneTime), QStringLiteral("–"));
        QCOMPARE(cell(model, 1, RangeTableModel::State), QStringLiteral("navigate"));
        QCOMPARE(cell(model, 1, RangeTableModel::LaneTime), QStringLiteral("40.0 ms"));
        QCOMPARE(model.longestOf(1), (std::pair<LaneId, std::size_t>(2, 0)));
        QCOMPARE(model.index(1, RangeTableModel::Lengths).data(Qt::AccessibleTextRole).toString().replace(QChar(0x202F), QLatin1Char(' ')),
                 QStringLiteral("1 slice of 33.6 ms to 67.1 ms"));
        const int last = model.rowCount() - 1;
        QCOMPARE(cell(model, last, RangeTableModel::State), QStringLiteral("all names"));
        QCOMPARE(cell(model, last, RangeTableModel::TasksSpans), QStringLiteral("14"));
        QVERIFY(!model.index(last, 0).data(RangeTableModel::ColourRole).isValid());
        QCOMPARE(model.text().count(QLatin1Char('\n')), model.rowCount() + 1);
    }

    void whatIsNotCompleteShowsAnEllipsis()
    {
        const std::shared_ptr<const Trace> trace = test::importedTrace();
        NameTableModel model;
        const QAbstractItemModelTester tester(&model);
        model.show(nullptr, trace);
        QCOMPARE(model.rowCount(), 1);
        model.show(std::make_shared<NameMeasurement>(*trace, TimeRange{0, 100 * ms}, noLane), trace);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(cell(model, 0, RangeTableModel::TasksTime), QStringLiteral("…"));
    }
};

QTEST_GUILESS_MAIN(NameTableModelTest)
#include "name_table_model_test.moc"
