#include "tests/support/sample_trace.h"
#include "ui/panels/range_table_model.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;

std::shared_ptr<RangeMeasurement> measured(const Trace &trace, TimeRange range, LaneId lane)
{
    auto measurement = std::make_shared<RangeMeasurement>(trace, range, lane);
    measurement->advance(trace, SIZE_MAX);
    return measurement;
}

} // namespace

class RangeTableModelTest : public QObject {
    Q_OBJECT

private:
    static QString cell(const RangeTableModel &model, int row, int column) { return model.index(row, column).data().toString(); }

private Q_SLOTS:
    void tellsTimesSpansAndLengths()
    {
        const auto trace = std::make_shared<Trace>();
        trace->addLane(LaneKind::Worker, "worker", 0);
        const LaneId one = test::addTask(*trace, "one", "running 0 10, awaiting 10 40, running 40 60");
        test::addTask(*trace, "other", "running 0 30");
        trace->advanceTo(60 * ms);
        RangeTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.show(measured(*trace, {0, 50 * ms}, one), trace);
        const int running = static_cast<int>(State::Running);
        QCOMPARE(model.headerData(RangeTableModel::LaneTime, Qt::Horizontal).toString(), QStringLiteral("one"));
        QCOMPARE(cell(model, running, RangeTableModel::LaneTime), QStringLiteral("20.0\u202Fms"));
        QCOMPARE(cell(model, running, RangeTableModel::LaneShare), QStringLiteral("40\u202F%"));
        QCOMPARE(cell(model, running, RangeTableModel::LaneSpans), QStringLiteral("2"));
        QCOMPARE(cell(model, running, RangeTableModel::TasksTime), QStringLiteral("50.0\u202Fms"));
        QCOMPARE(cell(model, running, RangeTableModel::TasksSpans), QStringLiteral("3"));
        QCOMPARE(cell(model, running, RangeTableModel::Median), QStringLiteral("20.0\u202Fms"));
        QCOMPARE(cell(model, running, RangeTableModel::Longest), QStringLiteral("30.0\u202Fms"));
        QCOMPARE(cell(model, static_cast<int>(State::Blocking), RangeTableModel::TasksTime), QStringLiteral("–"));
        QCOMPARE(cell(model, int(taskStates.size()), RangeTableModel::LaneTime), QStringLiteral("50.0\u202Fms"));
        QCOMPARE(cell(model, int(taskStates.size()), RangeTableModel::TasksSpans), QStringLiteral("4"));
        QCOMPARE(model.longestOf(running), std::pair(trace->tasks()[1], std::size_t(0)));
        const auto bars = model.index(running, RangeTableModel::Lengths).data(RangeTableModel::BarsRole).value<QList<double>>();
        QCOMPARE(bars.size(), 2); // 8.4 ms to 16.8 ms to 33.6 ms
        QCOMPARE(*std::ranges::max_element(bars), 1.0);
        QCOMPARE(model.index(running, RangeTableModel::Lengths).data(RangeTableModel::BarTextsRole).toStringList(),
                 (QStringList{QStringLiteral("1 span of 8.39\u202Fms to 16.8\u202Fms"),
                              QStringLiteral("2 spans of 16.8\u202Fms to 33.6\u202Fms")}));
    }

    void screenReadersAreToldTheLengths()
    {
        const auto trace = std::make_shared<Trace>();
        test::addTask(*trace, "one", "running 0 10, awaiting 10 40, running 40 60");
        trace->advanceTo(60 * ms);
        RangeTableModel model;
        const auto told = [&model](int row) { return model.index(row, RangeTableModel::Lengths).data(Qt::AccessibleTextRole).toString(); };
        QCOMPARE(told(static_cast<int>(State::Running)), QString());
        model.show(measured(*trace, trace->extent(), noLane), trace);
        QCOMPARE(told(static_cast<int>(State::Running)),
                 QStringLiteral("1 span of 8.39\u202Fms to 16.8\u202Fms, 1 span of 16.8\u202Fms to 33.6\u202Fms"));
        QCOMPARE(told(static_cast<int>(State::Queued)), QStringLiteral("no spans"));
        QCOMPARE(told(int(taskStates.size())), QString());
    }

    void whatIsNotMeasuredYetIsAnEllipsis()
    {
        const auto trace = test::articleTrace();
        const auto measurement = std::make_shared<RangeMeasurement>(*trace, trace->extent(), noLane);
        RangeTableModel model;
        model.show(measurement, trace);
        QCOMPARE(cell(model, 0, RangeTableModel::TasksTime), QStringLiteral("…"));
        QCOMPARE(cell(model, 0, RangeTableModel::P99), QStringLiteral("…"));
        QCOMPARE(model.longestOf(0).first, noLane);
        while (!measurement->hasTimes())
            measurement->advance(*trace, 1);
        QVERIFY(cell(model, 0, RangeTableModel::TasksTime) != QStringLiteral("…"));
        QCOMPARE(cell(model, 0, RangeTableModel::TasksSpans), QStringLiteral("…"));
    }

    void showsNothingWithoutAMeasurement()
    {
        RangeTableModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        model.show(nullptr, nullptr);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(cell(model, 0, RangeTableModel::TasksTime), QString());
        QCOMPARE(cell(model, 0, RangeTableModel::State), QStringLiteral("running"));
    }

    void theTextHasTheLaneOnlyIfThereIsOne()
    {
        const auto trace = test::articleTrace();
        RangeTableModel model;
        model.show(measured(*trace, trace->extent(), noLane), trace);
        QCOMPARE(model.text().count(QLatin1Char('\n')), 8);
        QCOMPARE(model.text().section(QLatin1Char('\n'), 0, 0).count(QLatin1Char('\t')), 7);
        model.show(measured(*trace, trace->extent(), trace->tasks().front()), trace);
        QCOMPARE(model.text().section(QLatin1Char('\n'), 0, 0).count(QLatin1Char('\t')), 10);
    }
};

QTEST_MAIN(RangeTableModelTest)
#include "range_table_model_test.moc"
