#include "tests/support/imported_sample.h"
#include "ui/timeline/counter_curve.h"

#include <QTest>

#include <limits>

using namespace loopscope;

namespace {

constexpr Nanoseconds ms = nanosecondsPerMillisecond;
const QRect place(100, 20, 100, 40);

std::shared_ptr<Trace> counting(std::vector<Sample> samples, Nanoseconds end)
{
    auto trace = std::make_shared<Trace>(TraceOrigin::Import);
    const LaneId counter = test::addImported(*trace, LaneKind::Counter, "count", noLane);
    trace->changeImported([&](ImportedEvents &events) { events.setSamples(counter, std::move(samples)); });
    trace->advanceTo(end);
    return trace;
}

CounterCurve curveOf(const Trace &trace, TimeRange range)
{
    return counterCurve(trace, trace.rows().front(), ColumnEdges({range, place.width()}), place);
}

// The height of a stepped area at a column.
int heightAt(const QPolygon &area, int x)
{
    int height = 0;
    for (const QPoint &corner : area) {
        if (corner.x() <= x)
            height = place.bottom() + 1 - corner.y();
    }
    return height;
}

} // namespace

class CounterCurveTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aValueLastsUntilTheNext()
    {
        const auto trace = counting({{10 * ms, 20}, {50 * ms, 40}}, 100 * ms);
        const CounterCurve curve = curveOf(*trace, {0, 100 * ms});
        QCOMPARE(curve.least.boundingRect().left(), 110); // nothing before the first sample
        QCOMPARE(heightAt(curve.least, 120), 20);
        QCOMPARE(heightAt(curve.least, 170), 40);
        QCOMPARE(curve.least, curve.most);
    }

    void theScaleIsThatOfTheWholeCounter()
    {
        const auto trace = counting({{0, 20}, {50 * ms, 40}}, 100 * ms);
        QCOMPARE(heightAt(curveOf(*trace, {10 * ms, 20 * ms}).least, 150), 20);
    }

    void valuesBelowZeroStandOnTheLeast()
    {
        const auto trace = counting({{0, -10}, {50 * ms, 30}}, 100 * ms);
        const CounterCurve curve = curveOf(*trace, {0, 100 * ms});
        QCOMPARE(heightAt(curve.least, 120), 1); // and yet it is seen
        QCOMPARE(heightAt(curve.least, 170), 40);
    }

    void whatChangesWithinAColumnIsBetweenLeastAndMost()
    {
        std::vector<Sample> samples;
        for (int i = 0; i < 100'000; ++i)
            samples.push_back({i * 1000, i % 2 == 0 ? 10.0 : 40.0});
        const auto trace = counting(std::move(samples), 100 * ms);
        const CounterCurve curve = curveOf(*trace, {0, 100 * ms});
        QCOMPARE(heightAt(curve.least, 150), 10);
        QCOMPARE(heightAt(curve.most, 150), 40);
        QVERIFY(curve.most.size() <= 2 * place.width() + 4); // pixels, not samples
    }

    void theLargestNumbersHaveAPlace()
    {
        constexpr double most = std::numeric_limits<double>::max();
        const auto trace = counting({{0, -most}, {50 * ms, most}}, 100 * ms);
        const CounterCurve curve = curveOf(*trace, {0, 100 * ms});
        QCOMPARE(heightAt(curve.least, 120), 1);
        QCOMPARE(heightAt(curve.least, 170), 40);
    }

    void withoutSamplesThereIsNothing()
    {
        QVERIFY(curveOf(*counting({}, 100 * ms), {0, 100 * ms}).most.isEmpty());
        QVERIFY(curveOf(*counting({{90 * ms, 1}}, 100 * ms), {0, 50 * ms}).most.isEmpty());
    }

    void theValueAtAnInstantIsThatOfTheLastSample()
    {
        const auto trace = counting({{10 * ms, 1}, {20 * ms, 2}, {20 * ms, 3}}, 100 * ms);
        const LaneId counter = trace->rows().front();
        QVERIFY(!counterValue(*trace, counter, 9 * ms));
        QCOMPARE(counterValue(*trace, counter, 10 * ms), std::optional(1.0));
        QCOMPARE(counterValue(*trace, counter, 20 * ms), std::optional(3.0));
        QCOMPARE(counterValue(*trace, counter, 99 * ms), std::optional(3.0));
    }
};

QTEST_GUILESS_MAIN(CounterCurveTest)
#include "counter_curve_test.moc"
